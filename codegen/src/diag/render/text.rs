//! For people, on a terminal.

use crate::diag::{Diagnostic, Label, Severity};
use crate::source::SourceMap;

/// The diagnostics one after another, each with the lines it is about. With `colours`, in ANSI colours.
#[must_use]
pub fn render_text(diagnostics: &[Diagnostic], sources: &SourceMap, colours: bool) -> String {
    let paint = Paint { colours };
    let rendered: Vec<String> =
        diagnostics.iter().map(|one| render_one(one, sources, paint)).collect();
    rendered.join("\n")
}

fn render_one(diagnostic: &Diagnostic, sources: &SourceMap, paint: Paint) -> String {
    let severity = diagnostic.severity;
    let title = format!("{}[{}]", severity.as_str(), diagnostic.code);
    let mut out =
        format!("{}: {}\n", paint.severity(severity, &title), paint.bold(&diagnostic.message));
    let lines = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let width =
        lines.map(|label| sources.position(label.span).line.to_string().len()).max().unwrap_or(1);
    render_label(
        &mut out,
        &diagnostic.primary,
        "-->",
        '^',
        width,
        sources,
        |text| paint.severity(severity, text),
        paint,
    );
    for label in &diagnostic.secondary {
        render_label(&mut out, label, ":::", '-', width, sources, |text| paint.margin(text), paint);
    }
    let indent = " ".repeat(width);
    for help in &diagnostic.help {
        let mut lines = help.lines();
        let first = lines.next().unwrap_or_default();
        out.push_str(&format!("{indent} {} {} {first}\n", paint.margin("="), paint.bold("help:")));
        for line in lines {
            out.push_str(&format!("{indent}         {line}\n"));
        }
    }
    out
}

/// The place, its line, and marks below what it is about; of several lines, the first.
#[allow(
    clippy::too_many_arguments,
    reason = "what a label looks like takes this much, and only one caller"
)]
fn render_label(
    out: &mut String,
    label: &Label,
    arrow: &str,
    mark: char,
    width: usize,
    sources: &SourceMap,
    colour: impl Fn(&str) -> String,
    paint: Paint,
) {
    let file = sources.file(label.span.file);
    let start = file.position(label.span.start);
    let end = file.position(label.span.end);
    let indent = " ".repeat(width);
    out.push_str(&format!(
        "{indent}{} {}:{}:{}\n",
        paint.margin(arrow),
        file.path,
        start.line,
        start.column
    ));
    let line = file.line(start.line);
    let number = format!("{:>width$} |", start.line);
    out.push_str(format!("{} {line}", paint.margin(&number)).trim_end());
    out.push('\n');
    let before: String = line
        .chars()
        .take(start.column as usize - 1)
        .map(|char| if char == '\t' { '\t' } else { ' ' })
        .collect();
    let rest = line.chars().count().saturating_sub(start.column as usize - 1);
    let n_marks = if end.line == start.line { (end.column - start.column) as usize } else { rest };
    let marks: String = std::iter::repeat_n(mark, n_marks.clamp(1, rest.max(1))).collect();
    let marked = format!("{marks} {}", label.text);
    out.push_str(&format!(
        "{indent} {} {before}{}\n",
        paint.margin("|"),
        colour(marked.trim_end())
    ));
}

/// Colours, or none.
#[derive(Clone, Copy)]
struct Paint {
    colours: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.with(code, text)
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn margin(self, text: &str) -> String {
        self.with("1;34", text)
    }
}
