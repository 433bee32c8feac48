// The moderators' queue by single keys. They work only while a post of the queue has the focus, and never in a field;
// without this module everything is reached with Tab and Enter.

const items = [...document.querySelectorAll(".queue__item")];

function go(item) {
    item?.focus();
}

function press(item, key) {
    const target = item.querySelector(`[data-key="${key}"]`);
    if (target instanceof HTMLButtonElement) {
        target.click();
    } else if (target) {
        target.open = true;
        target.querySelector("input:not([type=hidden]), textarea").focus();
    }
    return Boolean(target);
}

function onKey(event) {
    const item = event.currentTarget;
    const inField = event.target.matches("input, textarea, select");
    if (inField || event.ctrlKey || event.altKey || event.metaKey) {
        return;
    }
    const place = items.indexOf(item);
    const key = event.key.toLowerCase();
    if (key === "j") {
        go(items[place + 1]);
    } else if (key === "k") {
        go(items[place - 1]);
    } else if (!["p", "w", "v"].includes(key) || !press(item, key)) {
        return;
    }
    event.preventDefault();
}

for (const item of items) {
    item.addEventListener("keydown", onKey);
}
const keys = document.querySelector(".queue-keys");
if (keys) {
    keys.hidden = false;
}
document.querySelector(".queue__item:target")?.focus();
