const place = document.querySelector("aside");
const start = document.querySelector("#start");
const status = document.querySelector("[role=status]");

start.addEventListener("click", async () => {
  start.disabled = true;
  status.textContent = "One moment.";
  try {
    // The script defines <parley-call>. It is loaded once, however often it is asked for.
    await import(`${place.dataset.server}parley-call.js`);
  } catch {
    status.textContent = "The call cannot be loaded. Please try again, or ring us up.";
    start.disabled = false;
    return;
  }
  place.replaceChildren(callElement());
  place.hidden = false;
  status.textContent = "";
});

/** A call in this shop's own words: what it does not say, the person is asked. */
function callElement() {
  const call = document.createElement("parley-call");
  call.setAttribute("server", place.dataset.server);
  call.setAttribute("room", new URLSearchParams(location.search).get("room") ?? "workshop");
  call.setAttribute("lang", document.documentElement.lang);

  const brand = document.createElement("span");
  brand.slot = "brand";
  brand.className = "shop-brand";
  brand.textContent = "The workshop of Spoke & Chain";

  const close = document.createElement("button");
  close.slot = "after";
  close.textContent = "Back to the shop";
  close.addEventListener("click", end);

  call.append(brand, close);
  call.addEventListener("parley-stage", ({ detail }) => (status.textContent = words(detail)));
  return call;
}

/** What the page around a call knows of it: which screen it shows, and how many people are in it. */
function words({ kind, people }) {
  switch (kind) {
    case "call":
      return people === 1 ? "We are on our way." : "You are talking to the workshop.";
    case "waiting":
      return "You are next.";
    case "goodbye":
      return "Thank you for calling.";
    default:
      return "";
  }
}

/** Taking the element out of the page leaves the call. */
function end() {
  place.replaceChildren();
  place.hidden = true;
  start.disabled = false;
  start.focus();
}
