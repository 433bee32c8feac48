// Suggestions under a search box, as a combobox with a listbox (ARIA APG). What is typed stays typed:
// Enter without a choice searches, and without this script the box is a plain form.
const SHORTEST = 2;
const PAUSE = 180;

function attach(form) {
    const field = form.querySelector("input[type=search]");
    const list = document.createElement("div");
    const status = document.createElement("p");
    let options = [];
    let active = -1;
    let timer;
    let request;

    list.id = `${field.id}-suggesties`;
    list.className = "search-box__suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggesties");
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    form.append(list, status);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");

    function close() {
        list.hidden = true;
        active = -1;
        field.setAttribute("aria-expanded", "false");
        field.removeAttribute("aria-activedescendant");
    }

    function activate(index) {
        options[active]?.setAttribute("aria-selected", "false");
        active = index;
        const option = options[active];
        if (!option) return field.removeAttribute("aria-activedescendant");
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        field.setAttribute("aria-activedescendant", option.id);
    }

    function draw(suggestions) {
        const groups = Map.groupBy(suggestions, (suggestion) => suggestion.groep);
        options = [];
        list.replaceChildren();
        for (const [name, members] of groups) {
            const group = document.createElement("div");
            const heading = document.createElement("p");
            heading.id = `${list.id}-groep-${list.children.length}`;
            heading.className = "search-box__group";
            heading.setAttribute("role", "presentation");
            heading.textContent = name;
            group.setAttribute("role", "group");
            group.setAttribute("aria-labelledby", heading.id);
            group.append(heading);
            for (const { titel, url } of members) {
                const option = document.createElement("div");
                option.id = `${list.id}-${options.length}`;
                option.className = "search-box__option";
                option.setAttribute("role", "option");
                option.setAttribute("aria-selected", "false");
                option.dataset.url = url;
                option.textContent = titel;
                options.push(option);
                group.append(option);
            }
            list.append(group);
        }
        active = -1;
        field.removeAttribute("aria-activedescendant");
        list.hidden = options.length === 0;
        field.setAttribute("aria-expanded", String(!list.hidden));
        status.textContent = options.length ? `${options.length} ${options.length === 1 ? "suggestie" : "suggesties"}` : "geen suggesties";
    }

    async function ask() {
        const text = field.value.trim();
        request?.abort();
        if (text.length < SHORTEST) return close();
        request = new AbortController();
        try {
            const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
            const answer = await fetch(address, { signal: request.signal });
            if (answer.ok) draw((await answer.json()).suggesties);
        } catch (error) {
            if (error.name !== "AbortError") close();
        }
    }

    field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
    });

    field.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !list.hidden) {
            event.preventDefault();
            return close();
        }
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            if (list.hidden) {
                if (event.key === "ArrowDown") ask();
                return;
            }
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            const next = active + step;
            return activate(next >= options.length ? -1 : next < -1 ? options.length - 1 : next);
        }
        if (event.key === "Enter" && !list.hidden && active >= 0) {
            event.preventDefault();
            location.assign(options[active].dataset.url);
        }
    });

    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) location.assign(option.dataset.url);
    });
    form.addEventListener("focusout", (event) => {
        if (!form.contains(event.relatedTarget)) close();
    });
}

document.querySelectorAll("form[data-suggestions]").forEach(attach);
