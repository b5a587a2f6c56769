//! A chart as a picture (SVG): nodes in columns from left to right, so that every line but those of a cycle leads
//! forward, and as few as possible cross.
//!
//! Owns how a chart looks; `layout` owns where things stand. Colours are those of the page around it: variables of CSS,
//! each with a colour for a picture on its own.

use super::chart::{Chart, Edge, Node, Shape};
use super::layout::{Layout, Line, Rectangle};

/// Width of a character of a label, and of a smaller one in a caption or beside a line; heights of their lines.
const WIDE: f64 = 7.6;
const NARROW: f64 = 6.4;
const LINE: f64 = 15.0;

/// Lines of a label that a picture shows; what is left out is counted.
const MAX_LINES: usize = 6;

/// Air around the text of a node.
const PADDING: f64 = 14.0;

impl Shape {
    /// What a node is, in a word above its name.
    fn caption(self) -> &'static str {
        match self {
            Self::Clients => "",
            Self::Api => "API Gateway",
            Self::Service => "service",
            Self::Bus => "event bus",
            Self::Function => "function",
            Self::Table => "table",
            Self::Queue => "queue",
            Self::Schedule => "schedule",
        }
    }

    /// The colour of its border: a variable of the page's, and a colour where there is none.
    fn colour(self) -> (&'static str, &'static str) {
        match self {
            Self::Clients | Self::Api | Self::Service => ("--plain", "#57606a"),
            Self::Bus | Self::Schedule => ("--bus", "#a0408c"),
            Self::Function => ("--function", "#b35900"),
            Self::Table => ("--table", "#2f6fd0"),
            Self::Queue => ("--queue", "#1a7f64"),
        }
    }
}

/// The picture, an `svg` element. Its name for screen readers is `title`; the labels in it are text.
pub(super) fn draw(chart: &Chart, title: &str) -> String {
    let edges = merged(chart);
    let labels: Vec<Vec<String>> = edges.iter().map(|edge| shown(&edge.label)).collect();
    let layout = layout(chart, &edges, &labels);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" width=\"{w:.0}\" height=\"{h:.0}\" \
         viewBox=\"0 0 {w:.0} {h:.0}\" font-family=\"system-ui, sans-serif\" fill=\"var(--ink, #1f2328)\">\n",
        escaped(title),
        w = layout.width,
        h = layout.height,
    );
    out.push_str(
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
         orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"var(--line, #6e7781)\"/></marker></defs>\n",
    );
    for (line, edge) in layout.lines.iter().zip(&edges) {
        out.push_str(&curve(line, edge.dotted));
    }
    for (place, node) in layout.places.iter().zip(&chart.nodes) {
        out.push_str(&rectangle(place, node, caption(chart, node)));
    }
    for (line, label) in layout.lines.iter().zip(&labels) {
        out.push_str(&beside(line, label));
    }
    out + "</svg>\n"
}

/// The edges, those of one kind between the same two nodes as one with all their labels.
fn merged(chart: &Chart) -> Vec<Edge> {
    let mut merged: Vec<Edge> = Vec::new();
    for edge in &chart.edges {
        let ends = |one: &Edge| (one.from.clone(), one.to.clone(), one.dotted);
        match merged.iter_mut().find(|one| ends(one) == ends(edge)) {
            Some(one) => one.label = format!("{}\n{}", one.label, edge.label),
            None => merged.push(edge.clone()),
        }
    }
    merged
}

fn layout(chart: &Chart, edges: &[Edge], labels: &[Vec<String>]) -> Layout {
    let position = |id: &str| chart.nodes.iter().position(|node| node.id == id).unwrap_or_default();
    let sizes = chart.nodes.iter().map(|node| {
        let label = WIDE * characters(&node.label);
        let width = label.max(NARROW * characters(&caption(chart, node))) + 2.0 * PADDING;
        (width, if caption(chart, node).is_empty() { 34.0 } else { 46.0 })
    });
    let links = edges.iter().zip(labels).map(|(edge, label)| {
        let width = label.iter().map(|line| NARROW * characters(line)).fold(0.0, f64::max);
        (position(&edge.from), position(&edge.to), (width, LINE * label.len() as f64))
    });
    Layout::of(&sizes.collect::<Vec<_>>(), &links.collect::<Vec<_>>())
}

fn characters(text: &str) -> f64 {
    text.chars().count() as f64
}

/// What a node is, and of which service where there are several.
fn caption(chart: &Chart, node: &Node) -> String {
    match node.group.filter(|_| chart.groups.len() > 1) {
        Some(group) => format!("{} · {}", node.shape.caption(), chart.groups[group].label),
        None => node.shape.caption().to_owned(),
    }
}

/// The lines of a label that are drawn.
fn shown(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = label.lines().map(str::to_owned).collect();
    if lines.len() > MAX_LINES {
        let left = lines.len() - (MAX_LINES - 1);
        lines.truncate(MAX_LINES - 1);
        lines.push(format!("and {left} more"));
    }
    lines
}

fn rectangle(place: &Rectangle, node: &Node, caption: String) -> String {
    let (variable, colour) = node.shape.colour();
    let Rectangle { x, y, width, height } = place;
    let middle = x + width / 2.0;
    let radius = match node.shape {
        Shape::Clients | Shape::Schedule => height / 2.0,
        Shape::Table => 3.0,
        _ => 8.0,
    };
    let mut out = format!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.0}\" \
         fill=\"var(--node, #ffffff)\" stroke=\"var({variable}, {colour})\" stroke-width=\"1.5\"/>\n"
    );
    let mut base = y + height / 2.0 + 4.5;
    if !caption.is_empty() {
        let at = y + 17.0;
        out.push_str(&format!(
            "<text x=\"{middle:.1}\" y=\"{at:.1}\" text-anchor=\"middle\" font-size=\"11\" \
             fill=\"var({variable}, {colour})\">{}</text>\n",
            escaped(&caption)
        ));
        base = y + 34.0;
    }
    out.push_str(&format!(
        "<text x=\"{middle:.1}\" y=\"{base:.1}\" text-anchor=\"middle\" font-size=\"13\">{}</text>\n",
        escaped(&node.label)
    ));
    out
}

/// A line through its points, level at each; a loop behind a node that leads to itself.
fn curve(line: &Line, dotted: bool) -> String {
    let mut points = line.points.iter();
    let Some((x, y)) = points.next() else { return String::new() };
    let mut path = format!("M{x:.1} {y:.1}");
    let mut last = (*x, *y);
    for (x, y) in points {
        let reach = if line.is_loop { 30.0 } else { (x - last.0) / 2.0 };
        let (reach, back) = (reach, if line.is_loop { -reach } else { reach });
        path.push_str(&format!(
            "C{:.1} {:.1} {:.1} {y:.1} {x:.1} {y:.1}",
            last.0 + reach,
            last.1,
            x - back
        ));
        last = (*x, *y);
    }
    let dashes = if dotted { " stroke-dasharray=\"4 4\"" } else { "" };
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"var(--line, #6e7781)\" stroke-width=\"1.3\"{dashes} \
         marker-end=\"url(#tip)\"/>\n"
    )
}

/// The label of a line: above it, at the end where fewer lines meet.
fn beside(line: &Line, label: &[String]) -> String {
    let (x, y) = line.label;
    let anchor = if line.at_end { "end" } else { "start" };
    let row = |(index, text): (usize, &String)| {
        let y = y - LINE * (label.len() - 1 - index) as f64;
        format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"11\" stroke=\"var(--paper, #ffffff)\" \
             stroke-width=\"3\" paint-order=\"stroke\">{}</text>\n",
            escaped(text)
        )
    };
    label.iter().enumerate().map(row).collect()
}

/// Text in HTML, between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        out
    })
}
