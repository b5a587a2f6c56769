// Zoom of the charts: dragging across one shows that stretch of its x axis, a double click shows all of it again.
for (const chart of document.querySelectorAll("svg.chart")) {
  const plot = chart.querySelector("svg.plot");
  if (!plot) continue;
  const [left, top, width, height] = plot.getAttribute("viewBox").split(" ").map(Number);
  const marks = [...chart.querySelectorAll(".mid, path.mark")].map((mark) => [mark, Number(mark.dataset.x)]);
  const frame = document.createElementNS(chart.namespaceURI, "rect");
  frame.setAttribute("class", "frame");
  frame.setAttribute("y", top);
  frame.setAttribute("height", height);
  let [from, to, start] = [left, left + width, null];

  const place = (event) => {
    const box = plot.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    return from + share * (to - from);
  };
  const show = (first, last) => {
    [from, to] = [first, last];
    plot.setAttribute("viewBox", `${from} ${top} ${to - from} ${height}`);
    for (const [mark, x] of marks) {
      const moved = left + ((x - from) / (to - from)) * width;
      mark.setAttribute("transform", `translate(${moved - x} 0)`);
      mark.style.display = moved < left - 1 || moved > left + width + 1 ? "none" : "";
    }
  };
  chart.addEventListener("pointerdown", (event) => {
    start = place(event);
    frame.setAttribute("width", 0);
    plot.append(frame);
    chart.setPointerCapture(event.pointerId);
  });
  chart.addEventListener("pointermove", (event) => {
    if (start === null) return;
    const here = place(event);
    frame.setAttribute("x", Math.min(start, here));
    frame.setAttribute("width", Math.abs(here - start));
  });
  chart.addEventListener("pointerup", (event) => {
    const [first, last] = [start, place(event)].sort((a, b) => a - b);
    start = null;
    frame.remove();
    if (last - first > (to - from) / 50) show(first, last);
  });
  chart.addEventListener("pointercancel", () => {
    start = null;
    frame.remove();
  });
  chart.addEventListener("dblclick", () => show(left, left + width));
}
