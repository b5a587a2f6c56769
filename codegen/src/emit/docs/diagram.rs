//! Diagrams as text: flowcharts in Mermaid or DOT.

use super::chart::{Chart, Edge, Group, Node, Shape};

/// The language of a diagram.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Mermaid, which GitHub and many editors draw.
    #[default]
    Mermaid,
    /// DOT, for Graphviz.
    Dot,
    /// A picture, which every browser shows.
    Svg,
}

impl Shape {
    /// What stands before and behind the label in Mermaid.
    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::Clients => ("([", "])"),
            Self::Api | Self::Service => ("[", "]"),
            Self::Bus => ("{{", "}}"),
            Self::Function => ("[[", "]]"),
            Self::Table => ("[(", ")]"),
            Self::Queue => ("[/", "/]"),
            Self::Schedule => ("((", "))"),
        }
    }

    /// The shape's name in DOT.
    fn name(self) -> &'static str {
        match self {
            Self::Clients => "ellipse",
            Self::Api | Self::Service => "box",
            Self::Bus => "hexagon",
            Self::Function => "component",
            Self::Table => "cylinder",
            Self::Queue => "parallelogram",
            Self::Schedule => "circle",
        }
    }
}

impl Chart {
    /// The chart in a language, from left to right.
    pub(super) fn drawn(&self, language: Language) -> String {
        match language {
            Language::Mermaid => self.mermaid(),
            Language::Dot => self.dot(),
            Language::Svg => super::picture::draw(self, "The system"),
        }
    }

    pub(super) fn mermaid(&self) -> String {
        let node = |Node { id, shape, label, .. }: &Node| {
            let (open, close) = shape.brackets();
            format!("{id}{open}\"{}\"{close}", text(label))
        };
        let edges = self.edges.iter().map(|Edge { from, to, label, dotted }| {
            let arrow = if *dotted { "-.->" } else { "-->" };
            let label = match label.as_str() {
                "" => String::new(),
                label => format!("|\"{}\"|", lines(label)),
            };
            format!("  {from} {arrow}{label} {to}\n")
        });
        let head = |group: &Group| format!("subgraph {}[\"{}\"]", group.id, text(&group.label));
        let nodes = self.nodes(node, head, "end");
        format!("flowchart LR\n{nodes}{}", edges.collect::<String>())
    }

    fn dot(&self) -> String {
        let node = |Node { id, shape, label, .. }: &Node| {
            format!("{id} [shape={}, label={}];", shape.name(), quoted(label))
        };
        let edges = self.edges.iter().map(|Edge { from, to, label, dotted }| {
            let style = if *dotted { "dashed" } else { "solid" };
            format!("  {from} -> {to} [style={style}, label={}];\n", quoted(label))
        });
        let head = |group: &Group| {
            format!("subgraph cluster_{} {{\n    label={};", group.id, quoted(&group.label))
        };
        let nodes = self.nodes(node, head, "}");
        format!("digraph system {{\n  rankdir=LR;\n{nodes}{}}}\n", edges.collect::<String>())
    }

    /// The nodes without a group, and each group with its own.
    fn nodes(
        &self,
        node: impl Fn(&Node) -> String,
        head: impl Fn(&Group) -> String,
        end: &str,
    ) -> String {
        let within = |group, indent: &str| -> String {
            let nodes = self.nodes.iter().filter(|one| one.group == group);
            nodes.map(|one| format!("{indent}{}\n", node(one))).collect()
        };
        let groups = self.groups.iter().enumerate().map(|(index, group)| {
            format!("  {}\n{}  {end}\n", head(group), within(Some(index), "    "))
        });
        within(None, "  ") + &groups.collect::<String>()
    }
}

/// Text inside quotes, with what Mermaid would act on written as entities.
fn text(label: &str) -> String {
    let mut out = String::new();
    for c in label.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '`' => out.push_str("#96;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text of several lines.
fn lines(label: &str) -> String {
    label.lines().map(text).collect::<Vec<_>>().join("<br>")
}

/// A text as DOT quotes it.
fn quoted(label: &str) -> String {
    let escape = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    };
    format!("\"{}\"", label.chars().map(escape).collect::<String>())
}
