// How far the work on the search index is, without loading the page again; without scripts a link does that.
const SECONDS = 2;
const place = document.querySelector("[data-index-progress]");

async function follow() {
    const answer = await fetch(place.dataset.indexProgress, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) {
        return;
    }
    const { is_underway: isUnderway, done, total, text } = await answer.json();
    if (!isUnderway) {
        location.reload();
        return;
    }
    const status = place.querySelector("[role=status]");
    if (status.textContent !== text) {
        status.textContent = text;
    }
    const bar = place.querySelector("progress");
    bar.hidden = !done;
    bar.max = Math.max(total, 1);
    bar.value = done;
    place.querySelector("[data-count]").textContent = done ? `${done} van ${total}` : "";
    setTimeout(follow, SECONDS * 1000);
}

if (place) {
    setTimeout(follow, SECONDS * 1000);
}
