// While the title of a question is typed: what there is already. What is typed stays typed, and the form is sent as it
// is whether or not this works; without this script a button does the same.
const SHORTEST = 3;
const PAUSE = 350;

function attach(section) {
    const field = document.getElementById("id_title");
    const status = section.querySelector("[role=status]");
    const found = section.querySelector(".asked-before__found");
    const helped = document.getElementById("dit-helpt");
    let asked = field.value.trim();
    let timer;
    let request;

    section.querySelector("[name=kijk]").hidden = true;

    function show(answer) {
        if (found.contains(document.activeElement)) return; // never under the hands of who is choosing
        const text = answer?.querySelector("[role=status]").textContent ?? "";
        if (status.textContent !== text) status.textContent = text;
        found.replaceChildren(...(answer?.querySelector(".asked-before__found").children ?? []));
    }

    async function look() {
        const title = field.value.trim();
        if (title === asked) return;
        asked = title;
        request?.abort();
        if (title.length < SHORTEST) return show(null);
        request = new AbortController();
        try {
            const address = `${section.dataset.askedBefore}?${new URLSearchParams({ titel: title })}`;
            const answer = await fetch(address, { signal: request.signal });
            show(answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null);
        } catch (error) {
            if (error.name !== "AbortError") show(null);
        }
    }

    field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(look, PAUSE);
    });

    found.addEventListener("click", async (event) => {
        const button = event.target.closest("button[name=wat]");
        if (!button) return;
        event.preventDefault();
        if (button.getAttribute("aria-disabled")) return;
        const told = new FormData(helped);
        told.append(button.name, button.value);
        button.setAttribute("aria-disabled", "true");
        button.textContent = "Fijn!";
        status.textContent = "Fijn dat dit helpt. Heb je je antwoord, dan hoef je niets te versturen.";
        await fetch(helped.action, { method: "POST", body: new URLSearchParams(told), redirect: "manual" }).catch(() => {});
    });
}

document.querySelectorAll("[data-asked-before]").forEach(attach);
