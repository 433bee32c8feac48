// The choice between the look of the device, light and dark; kept in this browser only.
const form = document.querySelector(".look-switch-form");
const root = document.documentElement;

form.elements.weergave.value = root.dataset.look ?? "systeem";
form.hidden = false;

form.addEventListener("change", () => {
    const look = form.elements.weergave.value;
    if (look === "systeem") delete root.dataset.look;
    else root.dataset.look = look;
    try {
        if (look === "systeem") localStorage.removeItem("weergave");
        else localStorage.setItem("weergave", look);
    } catch {
        // Storage may be forbidden; the choice then lasts for this page.
    }
});
