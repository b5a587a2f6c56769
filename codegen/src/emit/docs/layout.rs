//! Where the nodes of a drawn chart stand and how its lines run: layers from left to right (Sugiyama's method).
//!
//! Lines that close a cycle are turned round. A node's layer is one more than the last of those that lead to it, and a
//! line over several layers gets a bend in each. Layers are sorted so that few lines cross; then nodes are moved towards
//! the middle of what they are connected with. All sums are made in the same order, so equal charts get equal pictures.

/// Width and height.
type Size = (f64, f64);

/// From one node to another, by index, with the size of the label.
type Link = (usize, usize, Size);

/// Least distance between two nodes of a layer, between two layers, and from the picture's border.
const ROW_GAP: f64 = 22.0;
const LAYER_GAP: f64 = 56.0;
const MARGIN: f64 = 12.0;

/// How often layers are sorted, and nodes are moved.
const SWEEPS: usize = 12;

/// A node's rectangle: its upper left corner and size.
#[derive(Debug, Clone)]
pub(super) struct Rectangle {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A line between two nodes.
#[derive(Debug)]
pub(super) struct Line {
    /// From the border of the one to that of the other.
    pub(super) points: Vec<(f64, f64)>,
    /// Where the last row of its label stands.
    pub(super) label: (f64, f64),
    /// Whether the label ends there, before the line's end, or begins there, behind its start.
    pub(super) at_end: bool,
    /// Whether a node leads to itself.
    pub(super) is_loop: bool,
}

/// Places of nodes and lines, each in the order in which they were given.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) places: Vec<Rectangle>,
    pub(super) lines: Vec<Line>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Nodes, and behind them the bends of long lines, with the layer of each; neighbours in the layers before and behind.
#[derive(Debug, Default)]
struct Grid {
    sizes: Vec<Size>,
    layer: Vec<usize>,
    before: Vec<Vec<usize>>,
    behind: Vec<Vec<usize>>,
    /// The items of each layer, from top to bottom.
    layers: Vec<Vec<usize>>,
    /// The middle of each item.
    y: Vec<f64>,
}

impl Layout {
    /// The layout of nodes of these sizes and of the lines between them.
    pub(super) fn of(sizes: &[Size], links: &[Link]) -> Self {
        let turned = turned(sizes.len(), links);
        let forward: Vec<(usize, usize)> = links
            .iter()
            .zip(&turned)
            .map(|((from, to, _), turned)| if *turned { (*to, *from) } else { (*from, *to) })
            .collect();
        let mut grid = Grid::default();
        let layers = layers(sizes.len(), &forward);
        sizes.iter().zip(&layers).for_each(|(size, layer)| grid.add(*size, *layer));
        let routes: Vec<Vec<usize>> = forward
            .iter()
            .zip(links)
            .map(|((from, to), (_, _, label))| grid.connect(*from, *to, label.1))
            .collect();
        grid.sort();
        grid.level();
        grid.layout(sizes.len(), links, &turned, &routes)
    }
}

/// Which lines close a cycle, as a walk in depth meets them.
fn turned(n_nodes: usize, links: &[Link]) -> Vec<bool> {
    let mut turned = vec![false; links.len()];
    // 0: not met, 1: on the way, 2: left.
    let mut state = vec![0_u8; n_nodes];
    for start in 0..n_nodes {
        // A node, and the first of the links that are still to be looked at.
        let mut path = vec![(start, 0)];
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        while let Some((node, next)) = path.pop() {
            let Some(at) = (next..links.len()).find(|at| links[*at].0 == node) else {
                state[node] = 2;
                continue;
            };
            path.push((node, at + 1));
            let to = links[at].1;
            match state[to] {
                0 => {
                    state[to] = 1;
                    path.push((to, 0));
                }
                1 => turned[at] = true,
                _ => {}
            }
        }
    }
    turned
}

/// The layer of each node: behind all that lead to it; what nothing leads to stands just before what it leads to.
fn layers(n_nodes: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut layers = vec![0_usize; n_nodes];
    // The longest way has fewer lines than there are nodes.
    for _ in 0..n_nodes {
        let known = layers.clone();
        for (from, to) in links.iter().filter(|(from, to)| from != to) {
            layers[*to] = layers[*to].max(layers[*from] + 1);
        }
        if layers == known {
            break;
        }
    }
    for node in 0..n_nodes {
        let is_source = links.iter().all(|(_, to)| *to != node);
        let first = links.iter().filter(|(from, _)| *from == node).map(|(_, to)| layers[*to]).min();
        if let Some(first) = first.filter(|_| is_source) {
            layers[node] = first.saturating_sub(1);
        }
    }
    layers
}

impl Grid {
    fn add(&mut self, size: Size, layer: usize) {
        if self.layers.len() <= layer {
            self.layers.resize(layer + 1, Vec::new());
        }
        self.layers[layer].push(self.sizes.len());
        self.sizes.push(size);
        self.layer.push(layer);
        self.before.push(Vec::new());
        self.behind.push(Vec::new());
    }

    /// Connects two nodes, by a bend in each layer between them; all items of the way. `room` is the label's height.
    fn connect(&mut self, from: usize, to: usize, room: f64) -> Vec<usize> {
        let mut way = vec![from];
        for layer in self.layer[from] + 1..self.layer[to] {
            let bend = self.sizes.len();
            self.add((0.0, room.max(4.0)), layer);
            way.push(bend);
        }
        way.push(to);
        for pair in way.windows(2) {
            if self.layer[pair[0]] < self.layer[pair[1]] {
                self.behind[pair[0]].push(pair[1]);
                self.before[pair[1]].push(pair[0]);
            }
        }
        way
    }

    /// Sorts each layer by where its neighbours stand, forwards and backwards in turns.
    fn sort(&mut self) {
        let mut rank: Vec<f64> = vec![0.0; self.sizes.len()];
        let note = |rank: &mut Vec<f64>, layer: &[usize]| {
            layer.iter().enumerate().for_each(|(at, item)| rank[*item] = at as f64);
        };
        self.layers.iter().for_each(|layer| note(&mut rank, layer));
        for sweep in 0..SWEEPS {
            let forwards = sweep % 2 == 0;
            for step in 0..self.layers.len() {
                let at = if forwards { step } else { self.layers.len() - 1 - step };
                let neighbours = if forwards { &self.before } else { &self.behind };
                let wish = |item: &usize| mean(&neighbours[*item], &rank).unwrap_or(rank[*item]);
                self.layers[at].sort_by(|a, b| wish(a).total_cmp(&wish(b)));
                note(&mut rank, &self.layers[at]);
            }
        }
    }

    /// Moves items towards the middle of their neighbours, without changing their order.
    fn level(&mut self) {
        self.y = vec![0.0; self.sizes.len()];
        for layer in 0..self.layers.len() {
            self.settle(layer, |_, _| None);
        }
        for sweep in 0..SWEEPS {
            for step in 0..self.layers.len() {
                let forwards = sweep % 2 == 0;
                let layer = if forwards { step } else { self.layers.len() - 1 - step };
                self.settle(layer, |grid, item| {
                    let neighbours = if forwards { &grid.before } else { &grid.behind };
                    mean(&neighbours[item], &grid.y)
                });
            }
        }
    }

    /// Places the items of a layer where they wish to be, and as far apart as they must be.
    fn settle(&mut self, layer: usize, wish: impl Fn(&Self, usize) -> Option<f64>) {
        let items = self.layers[layer].clone();
        let wishes: Vec<f64> =
            items.iter().map(|item| wish(self, *item).unwrap_or(self.y[*item])).collect();
        let mut least = f64::NEG_INFINITY;
        let mut above = 0.0;
        let mut placed = Vec::with_capacity(items.len());
        for (item, wish) in items.iter().zip(&wishes) {
            let half = self.sizes[*item].1 / 2.0;
            let y = wish.max(least + above + ROW_GAP + half);
            placed.push(y);
            (least, above) = (y, half);
        }
        // Those that had to make room went down only; half of the way back is fair to all.
        let total: f64 = wishes.iter().zip(&placed).map(|(wish, y)| y - wish).sum();
        let shift = total / items.len().max(1) as f64;
        items.iter().zip(placed).for_each(|(item, y)| self.y[*item] = y - shift);
    }

    /// The picture's coordinates.
    fn layout(
        &self,
        n_nodes: usize,
        links: &[Link],
        turned: &[bool],
        routes: &[Vec<usize>],
    ) -> Layout {
        let top = (0..self.sizes.len())
            .map(|item| self.y[item] - self.sizes[item].1 / 2.0)
            .fold(f64::INFINITY, f64::min);
        let label_room = links.iter().map(|(_, _, (_, height))| *height).fold(0.0, f64::max);
        let y = |item: usize| self.y[item] - top + MARGIN + label_room / 2.0;
        let (left, width) = self.columns(links, routes);
        let places: Vec<Rectangle> = (0..n_nodes)
            .map(|node| Rectangle {
                x: left[self.layer[node]] + (width[self.layer[node]] - self.sizes[node].0) / 2.0,
                y: y(node) - self.sizes[node].1 / 2.0,
                width: self.sizes[node].0,
                height: self.sizes[node].1,
            })
            .collect();
        let lines = routes.iter().zip(turned).map(|(route, turned)| {
            let mut points = Vec::with_capacity(2 * route.len());
            let last = route.len() - 1;
            for (at, item) in route.iter().enumerate() {
                let layer = self.layer[*item];
                let [start, end] = match places.get(*item) {
                    Some(place) => [place.x, place.x + place.width],
                    None => [left[layer], left[layer] + width[layer]],
                };
                if at > 0 {
                    points.push((start, y(*item)));
                }
                if at < last {
                    points.push((end, y(*item)));
                }
            }
            self.line(points, route, *turned)
        });
        let lines: Vec<Line> = lines.collect();
        let bottom = (0..self.sizes.len()).map(|item| y(item) + self.sizes[item].1 / 2.0);
        let height = bottom.fold(0.0, f64::max) + MARGIN;
        let right = left.iter().zip(&width).map(|(left, width)| left + width).fold(0.0, f64::max);
        Layout { places, lines, width: right + MARGIN, height }
    }

    /// A line whose label stands at the end that fewer lines share.
    fn line(&self, mut points: Vec<(f64, f64)>, route: &[usize], turned: bool) -> Line {
        let (first, last) = (points.first().copied(), points.last().copied());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        let (from, to) = (route[0], route[route.len() - 1]);
        let at_end = self.behind[from].len() > self.before[to].len();
        let label =
            if at_end { (last.0 - 12.0, last.1 - 5.0) } else { (first.0 + 8.0, first.1 - 5.0) };
        let is_loop = from == to;
        if is_loop {
            let (right, y) = points[0];
            points = vec![(right, y - 8.0), (right, y + 8.0)];
        } else if turned {
            points.reverse();
        }
        Line { points, label, at_end, is_loop }
    }

    /// The left border and the width of each layer: between two there is room for the labels.
    fn columns(&self, links: &[Link], routes: &[Vec<usize>]) -> (Vec<f64>, Vec<f64>) {
        let width: Vec<f64> = self
            .layers
            .iter()
            .map(|layer| layer.iter().map(|item| self.sizes[*item].0).fold(0.0, f64::max))
            .collect();
        let mut gaps = vec![LAYER_GAP; self.layers.len()];
        for ((_, _, (label, _)), route) in links.iter().zip(routes) {
            let (from, to) = (route[0], route[route.len() - 1]);
            let at_end = self.behind[from].len() > self.before[to].len();
            let gap = if at_end { self.layer[to].saturating_sub(1) } else { self.layer[from] };
            gaps[gap] = gaps[gap].max(label + 40.0);
        }
        let mut left = Vec::with_capacity(width.len());
        let mut x = MARGIN;
        for (width, gap) in width.iter().zip(&gaps) {
            left.push(x);
            x += width + gap;
        }
        (left, width)
    }
}

/// The mean of the values of some items.
fn mean(items: &[usize], values: &[f64]) -> Option<f64> {
    let total: f64 = items.iter().map(|item| values[*item]).sum();
    (!items.is_empty()).then(|| total / items.len() as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn overlap(a: &Rectangle, b: &Rectangle) -> bool {
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    }

    proptest! {
        /// Whatever the graph, with cycles and loops too: nodes stand apart and within the picture, lines begin and end
        /// at their nodes, and a line that is not turned leads forward.
        #[test]
        fn nodes_stand_apart(
            sizes in prop::collection::vec((20.0..200.0, 20.0..60.0), 1..20),
            ends in prop::collection::vec((0..20_usize, 0..20_usize, 0.0..150.0), 0..40),
        ) {
            let n = sizes.len();
            let links: Vec<Link> =
                ends.iter().map(|(from, to, width)| (from % n, to % n, (*width, 15.0))).collect();
            let layout = Layout::of(&sizes, &links);
            for (at, a) in layout.places.iter().enumerate() {
                prop_assert!(a.x >= 0.0 && a.y >= 0.0, "{a:?}");
                prop_assert!(a.x + a.width <= layout.width && a.y + a.height <= layout.height);
                for b in &layout.places[at + 1..] {
                    prop_assert!(!overlap(a, b), "{a:?} {b:?}");
                }
            }
            for (line, (from, to, _)) in layout.lines.iter().zip(&links) {
                let touches = |point: &(f64, f64), node: usize| {
                    let place = &layout.places[node];
                    let at_side = point.0 == place.x || point.0 == place.x + place.width;
                    at_side && point.1 >= place.y && point.1 <= place.y + place.height
                };
                prop_assert!(touches(&line.points[0], *from), "{line:?}");
                prop_assert!(touches(line.points.last().unwrap_or(&(0.0, 0.0)), *to), "{line:?}");
            }
        }
    }
}
