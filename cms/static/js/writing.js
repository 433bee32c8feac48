// Writing in Markdown: a toolbar over the field, a preview without leaving the page, and quoting what is selected.
// Without this module the same is done by typing, by the button of the preview and by the link "Citeer".

const TOOLS = [
    { name: "Vet", around: "**", sample: "vette tekst", key: "b" },
    { name: "Cursief", around: "*", sample: "schuine tekst", key: "i" },
    { name: "Link", link: true, sample: "woorden van de link" },
    { name: "Kopje", lines: () => "## ", sample: "Kopje" },
    { name: "Lijst", lines: () => "- ", sample: "punt" },
    { name: "Genummerd", lines: (number) => `${number}. `, sample: "stap" },
    { name: "Citaat", lines: () => "> ", sample: "wat iemand zei" },
];

function put(field, start, end, text) {
    field.focus();
    field.setSelectionRange(start, end);
    // The only way in which a browser lets its own "undo" take this back.
    if (!document.execCommand("insertText", false, text)) {
        field.setRangeText(text, start, end, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

function wrap(field, { around, sample, link }) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    const words = value.slice(start, end) || sample;
    const before = link ? "[" : around;
    put(field, start, end, `${before}${words}${link ? "](https://)" : around}`);
    const first = start + before.length;
    if (link) field.setSelectionRange(first + words.length + 2, first + words.length + 10);
    else field.setSelectionRange(first, first + words.length);
}

function mark(field, { lines, sample }) {
    const { selectionStart, selectionEnd, value } = field;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const typed = value.slice(start, selectionEnd) || sample;
    const marked = typed.split("\n").map((line, at) => lines(at + 1) + line).join("\n");
    const apart = start && !value.slice(0, start).endsWith("\n\n") ? "\n" : "";
    put(field, start, Math.max(start, selectionEnd), apart + marked);
}

function use(field, tool) {
    (tool.lines ? mark : wrap)(field, tool);
}

function addToolbar(field) {
    const bar = document.createElement("div");
    bar.className = "toolbar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Opmaak");
    bar.setAttribute("aria-controls", field.id);
    for (const tool of TOOLS) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "toolbar__tool";
        button.textContent = tool.name;
        button.tabIndex = bar.children.length ? -1 : 0;
        if (tool.key) button.setAttribute("aria-keyshortcuts", `Control+${tool.key.toUpperCase()}`);
        button.addEventListener("click", () => use(field, tool));
        bar.append(button);
    }
    bar.addEventListener("keydown", (event) => {
        const buttons = [...bar.children];
        const at = buttons.indexOf(event.target);
        const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
        if (!(event.key in steps)) return;
        event.preventDefault();
        const next = buttons.at(steps[event.key] % buttons.length);
        buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
        next.focus();
    });
    field.addEventListener("keydown", (event) => {
        const tool = TOOLS.find((one) => one.key === event.key.toLowerCase());
        if (!tool || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
        event.preventDefault();
        use(field, tool);
    });
    field.before(bar);
}

/** Show the preview that the server makes; false when the form is not right yet, so that the server must say so. */
async function preview(form, button) {
    const typed = new FormData(form, button);
    typed.delete("attachments");
    const answer = await fetch(form.action, { method: "POST", body: typed });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page.getElementById("zo-wordt-het");
    if (!made) return false;
    document.getElementById("zo-wordt-het")?.remove();
    form.after(made);
    made.focus();
    return true;
}

function addPreview(form) {
    let asServer = false;
    form.addEventListener("submit", async (event) => {
        if (event.submitter?.name !== "preview" || asServer) return;
        event.preventDefault();
        asServer = !(await preview(form, event.submitter).catch(() => false));
        if (asServer) form.requestSubmit(event.submitter);
    });
}

function quote(field, link) {
    const said = link.closest(".post").querySelector(".prose");
    const selection = getSelection();
    const isHere = !selection.isCollapsed && said.contains(selection.anchorNode) && said.contains(selection.focusNode);
    const passage = (isHere ? selection.toString() : said.innerText).trim();
    const quoted = passage.split("\n").map((line) => `> ${line}`).join("\n");
    const before = field.value.trimEnd();
    const text = `${before ? "\n\n" : ""}${link.dataset.quote}\n\n${quoted}\n\n`;
    put(field, before.length, field.value.length, text);
    field.scrollIntoView({ block: "center" });
}

const field = document.querySelector("textarea[data-markdown]");
addToolbar(field);
addPreview(field.form);
for (const link of document.querySelectorAll("a[data-quote]")) {
    link.addEventListener("mousedown", (event) => event.preventDefault()); // which would undo the selection
    link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        quote(field, link);
    });
}
