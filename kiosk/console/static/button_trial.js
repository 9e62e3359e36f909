// While staff try the buttons, the page shows what has arrived, and takes the notice off when it is over.

const LOOK_AGAIN_MS = 2000;

export function watchButtonTrial(refresh) {
  let again;
  const look = () => {
    clearTimeout(again);
    if (document.querySelector("[data-part=button-trial] .notice")) again = setTimeout(refresh, LOOK_AGAIN_MS);
  };
  document.addEventListener("swapped", look);
  look();
}
