//! Known findings: what a repository begins with, one line a finding, in a file that only shrinks.
//!
//! A finding is known by its rule and its place. The place is a file and a pointer whose list elements are told by name
//! and not by number, so that moved lines change nothing. Where a file is gone, its findings are known in whichever file
//! has them at the same pointer. Owns the form of the file and the comparison; reads and writes no file.

use std::collections::{BTreeMap, BTreeSet};

use super::Places;
use super::ignore::fault;
use super::read::check_rule;
use crate::diag::{self, Diagnostic, Severity};
use crate::lint;
use crate::source::{FileId, SourceMap, Span};

/// What the file begins with.
const HEAD: &str = "\
         # Known findings for `codegen check --baseline`, one on each line. Other findings are reported. A line whose
# finding no longer occurs is an error; `--prune` removes it.
";

/// Known findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    lines: Vec<Line>,
}

/// One known finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    rule: String,
    file: String,
    pointer: String,
    /// Where the line stands; anything for one that was not read.
    span: Span,
}

impl Line {
    fn text(&self) -> String {
        format!("{} {}#{}", self.rule, self.file, self.pointer)
    }
}

/// Findings beside what is known.
#[derive(Debug, Default)]
pub struct Compared {
    /// What nobody knew.
    pub new: Vec<Diagnostic>,
    /// What is known.
    pub known: Vec<Diagnostic>,
    /// Known findings that are gone, as diagnostics at their lines.
    pub gone: Vec<Diagnostic>,
}

impl Baseline {
    /// Reads known findings.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn parse(sources: &SourceMap, id: FileId) -> Result<Self, Vec<Diagnostic>> {
        let file = sources.file(id);
        if let Some(fault) = &file.fault {
            return Err(vec![diag::catalog::yaml::unreadable(id, fault)]);
        }
        let mut faults = Vec::new();
        let mut lines = Vec::new();
        for number in 1..=u32::try_from(file.n_lines()).unwrap_or(u32::MAX) {
            let (start, text) = file.line_at(number);
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span { file: id, start: byte(start), end: byte(start + text.len()) };
            let parts = text.trim().split_once(' ').and_then(|(rule, place)| {
                let (file, pointer) = place.trim().split_once('#')?;
                Some((rule, file, pointer))
            });
            let Some((rule, file, pointer)) = parts else {
                let help =
                    "a line is `RULE FILE#POINTER`; recreate the file with `--write-baseline`"
                        .to_owned();
                let message = "this line is not a known finding".to_owned();
                faults.push(fault("policy", Severity::Error, message, span, Some(help)));
                continue;
            };
            check_rule(rule, span, &mut faults);
            let [rule, file, pointer] = [rule, file, pointer].map(str::to_owned);
            lines.push(Line { rule, file, pointer, span });
        }
        if faults.is_empty() { Ok(Self { lines }) } else { Err(faults) }
    }

    /// Findings as known ones.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic], sources: &SourceMap) -> Self {
        let mut places = Places::new(sources);
        let line = |one: &Diagnostic| {
            let (file, pointer) = places.named(one.primary.span);
            Line { rule: one.code.to_owned(), file, pointer, span: Span::default() }
        };
        let mut lines: Vec<Line> =
            diagnostics.iter().filter(|one| can_be_known(one)).map(line).collect();
        lines.sort();
        Self { lines }
    }

    /// The file.
    #[must_use]
    pub fn to_text(&self) -> String {
        HEAD.to_owned() + &self.lines.iter().map(|line| line.text() + "\n").collect::<String>()
    }

    /// The file as it was, without the lines of other findings. What people wrote between the lines stays.
    #[must_use]
    pub fn prune(&self, was: &str) -> String {
        let mut left: BTreeMap<String, usize> = BTreeMap::new();
        for line in &self.lines {
            *left.entry(line.text()).or_default() += 1;
        }
        let mut take = |text: &str| match left.get_mut(text).filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                true
            }
            None => false,
        };
        let is_finding = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
        let mut lines: Vec<(&str, Option<String>)> = Vec::new();
        for line in was.split_inclusive('\n') {
            let is_kept = !is_finding(line) || take(line.trim());
            lines.push((line, is_kept.then(|| line.to_owned())));
        }
        // A finding of a renamed file has another line now.
        let pointer = |line: &str| {
            let (rule, place) = line.trim().split_once(' ').unwrap_or((line, ""));
            (rule.to_owned(), place.split_once('#').map(|(_, pointer)| pointer.to_owned()))
        };
        let texts = self.lines.iter().map(Line::text);
        let mut others: Vec<String> = texts.filter(|text| take(text)).collect();
        for (line, kept) in lines.iter_mut().filter(|(_, kept)| kept.is_none()) {
            let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
            let at = others.iter().position(|text| pointer(text) == pointer(line));
            *kept = at.map(|at| others.remove(at) + end);
        }
        lines.into_iter().filter_map(|(_, kept)| kept).collect()
    }

    /// How many findings are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line by which a list is known whatever it is called.
    #[must_use]
    pub fn first_line() -> &'static str {
        HEAD.lines().next().unwrap_or_default()
    }

    /// Why nobody can tell whether the list grew.
    #[must_use]
    pub fn not_compared(&self, why: &str) -> Vec<Diagnostic> {
        let told = |line: &Line| {
            let message = format!("{why}, so whether this list grew was not compared");
            fault("baseline-not-compared", Severity::Note, message, line.span, None)
        };
        self.lines.first().map(told).into_iter().collect()
    }

    /// Which lines an earlier list does not have: it only shrinks. A finding in a renamed file is the same.
    #[must_use]
    pub fn beyond(&self, before: &Self, base: &str) -> Vec<Diagnostic> {
        let mut left: Vec<&Line> = before.lines.iter().collect();
        let mut take = |is_it: &dyn Fn(&Line) -> bool| {
            left.iter().position(|line| is_it(line)).map(|at| left.remove(at)).is_some()
        };
        let alike =
            |line: &Line, old: &Line| (&old.rule, &old.pointer) == (&line.rule, &line.pointer);
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.retain(|line| !take(&|old| alike(line, old) && old.file == line.file));
        lines.retain(|line| !take(&|old| alike(line, old)));
        let told = |line: &Line| {
            let message = format!("this finding was not known in `{base}`");
            let help =
                "fix it, or accept it with a reason: by a comment beside it or in the policy";
            fault("baseline-grew", Severity::Error, message, line.span, Some(help.to_owned()))
        };
        lines.into_iter().map(told).collect()
    }

    /// Tells what is new from what is known.
    #[must_use]
    pub fn compare(&self, diagnostics: Vec<Diagnostic>, sources: &SourceMap) -> Compared {
        let mut places = Places::new(sources);
        let mut left = Left::of(self, &present(sources));
        let mut compared = Compared::default();
        let mut unknown = Vec::new();
        for diagnostic in diagnostics {
            if !can_be_known(&diagnostic) {
                compared.new.push(diagnostic);
                continue;
            }
            let (file, pointer) = places.named(diagnostic.primary.span);
            match left.take(diagnostic.code, Some(&file), &pointer) {
                true => compared.known.push(diagnostic),
                false => unknown.push((diagnostic, pointer)),
            }
        }
        for (diagnostic, pointer) in unknown {
            match left.take(diagnostic.code, None, &pointer) {
                true => compared.known.push(diagnostic),
                false => compared.new.push(diagnostic),
            }
        }
        compared.gone = left.gone();
        sort(&mut compared.new, sources);
        compared
    }
}

/// Whether a finding can be known: what makes contracts mean nothing cannot.
fn can_be_known(diagnostic: &Diagnostic) -> bool {
    lint::rule(diagnostic.code).is_some()
}

/// The files that are there, as known findings name them.
fn present(sources: &SourceMap) -> BTreeSet<&str> {
    sources.files().map(|(_, file)| super::places::below(&file.path)).collect()
}

/// By file and place, as all diagnostics are told.
fn sort(diagnostics: &mut [Diagnostic], sources: &SourceMap) {
    diagnostics.sort_by_key(|one| {
        let span = one.primary.span;
        (sources.file(span.file).path.clone(), span.start)
    });
}

/// Known findings that nothing has matched yet.
struct Left<'a> {
    /// By rule, file (none where the file is gone) and pointer.
    lines: BTreeMap<(String, Option<String>, String), Vec<&'a Line>>,
}

impl<'a> Left<'a> {
    fn of(baseline: &'a Baseline, present: &BTreeSet<&str>) -> Self {
        let mut lines: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in &baseline.lines {
            let file = Some(line.file.clone()).filter(|file| present.contains(file.as_str()));
            lines.entry((line.rule.clone(), file, line.pointer.clone())).or_default().push(line);
        }
        Self { lines }
    }

    fn take(&mut self, rule: &str, file: Option<&str>, pointer: &str) -> bool {
        let key = (rule.to_owned(), file.map(str::to_owned), pointer.to_owned());
        let found = self.lines.get_mut(&key);
        found.is_some_and(|lines| lines.pop().is_some())
    }

    fn gone(self) -> Vec<Diagnostic> {
        let mut lines: Vec<&Line> = self.lines.into_values().flatten().collect();
        lines.sort_by_key(|line| line.span);
        let one = |line: &Line| {
            let message = "a known finding no longer occurs".to_owned();
            let help = Some("remove the line, or use `--prune`".to_owned());
            fault("known-finding-gone", Severity::Error, message, line.span, help)
        };
        lines.into_iter().map(one).collect()
    }
}
