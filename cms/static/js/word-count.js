// How many words stand in a field, beside how many are asked: <textarea data-words="80-200">.
// Without this module the server says so when the text is sent.

const PAUSE = 800;

for (const field of document.querySelectorAll("textarea[data-words]")) {
    const [fewest, most] = field.dataset.words.split("-").map(Number);
    const shown = document.createElement("p");
    shown.className = "word-count";
    const spoken = document.createElement("p");
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    field.after(shown, spoken);
    let timer;

    const tell = () => {
        const number = field.value.split(/\s+/).filter(Boolean).length;
        const words = number === 1 ? "1 woord" : `${number} woorden`;
        const left = number < fewest ? `nog ${fewest - number} erbij` : number > most ? `${number - most} te veel` : "mooi zo";
        shown.textContent = `${words}, ${left}`;
        shown.dataset.fits = number >= fewest && number <= most;
        return shown.textContent;
    };
    tell();
    field.addEventListener("input", () => {
        const text = tell();
        clearTimeout(timer);
        timer = setTimeout(() => (spoken.textContent = text), PAUSE);
    });
}
