// What a member types is kept while it is typed, and quietly: whoever closes the tab finds it again.

const PAUSE = 2000;

const form = document.querySelector("form[data-keeps-draft]");
const status = document.createElement("p");
status.className = "meta";
form.append(status);
let timer;
let request;
let isSent = false;

async function keep({ keepalive = false } = {}) {
    clearTimeout(timer);
    timer = undefined;
    if (isSent) return;
    const typed = new FormData(form);
    typed.delete("attachments");
    typed.append("draft", "1");
    request?.abort();
    request = new AbortController();
    const sending = { method: "POST", body: typed, keepalive, signal: request.signal };
    const answer = await fetch(form.action, sending).catch(() => null);
    status.textContent = answer?.status === 204 ? "Bewaard, nog niet geplaatst." : "";
}

form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
});
form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "preview") return;
    isSent = true;
    clearTimeout(timer);
    request?.abort();
});
for (const leaving of ["visibilitychange", "pagehide"]) {
    addEventListener(leaving, () => timer && (leaving === "pagehide" || document.hidden) && keep({ keepalive: true }));
}
