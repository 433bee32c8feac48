// Runs before the page is drawn, so that a chosen look does not flash.
try {
    const look = localStorage.getItem("weergave");
    if (look === "licht" || look === "donker") document.documentElement.dataset.look = look;
} catch {
    // Storage may be forbidden; the page then follows the device.
}
