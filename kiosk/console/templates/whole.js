// A page whose script or style did not come is dead, and a second screen is unattended: when the box
// answers again, it is loaded anew. Stands in the page itself, because a file could fail to come like the others.
addEventListener(
  "error",
  (event) => {
    if (!event.target.matches?.("script, link[rel=stylesheet]")) return;
    const look = () => fetch("/api/v1/state").then(() => location.reload(), again);
    const again = () => setTimeout(look, 1000);
    again();
  },
  true, // such errors do not bubble
);
