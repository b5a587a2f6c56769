//! The report as JUnit XML: each objective is a test case, so that a build shows which was missed.

use std::fmt::Write;

use super::text::{actual, headline, limit};
use super::xml::escape;
use super::{Outcome, Report};
use crate::slo::Standing;

/// The verdict as a test suite.
#[must_use]
pub fn render(report: &Report) -> String {
    let is_invalid = report.verdict.outcome == Outcome::Invalid;
    let n_missed = report.objectives.iter().filter(|one| one.standing.is_missed()).count();
    // What no objective shows, the verdict itself is a test case of.
    let (n_failures, n_errors) = match report.verdict.outcome {
        Outcome::Pass => (0, 0),
        Outcome::Missed => (n_missed.max(1), 0),
        Outcome::Invalid => (0, 1),
    };
    let says_more = is_invalid || n_failures > n_missed;
    let n_tests = report.objectives.len() + usize::from(says_more);
    let n_skipped = if is_invalid { report.objectives.len() } else { 0 };
    let seconds = report.run.load_seconds + report.run.drain_seconds;
    let name = escape(&format!("load test of {}", report.run.system));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<testsuites tests=\"{n_tests}\" failures=\"{n_failures}\" errors=\"{n_errors}\">\n  <testsuite name=\"{name}\" \
         tests=\"{n_tests}\" failures=\"{n_failures}\" errors=\"{n_errors}\" skipped=\"{n_skipped}\" time=\"{seconds:.3}\" timestamp=\"{}\">",
        escape(&report.run.started_at)
    );
    for judged in &report.objectives {
        let told = escape(&format!("{}, compared with {}", actual(judged), limit(judged)));
        let _ = write!(out, "    <testcase classname=\"{name}\" name=\"{}\"", escape(&judged.name));
        let _ = match judged.standing {
            // Nobody can tell; the figure may help all the same.
            _ if is_invalid => {
                writeln!(out, ">\n      <skipped message=\"{told}\"/>\n    </testcase>")
            }
            Standing::Missed => {
                writeln!(out, ">\n      <failure message=\"{told}\"/>\n    </testcase>")
            }
            Standing::Unsure => {
                writeln!(
                    out,
                    ">\n      <system-out>{told}: too few samples to be sure</system-out>\n    </testcase>"
                )
            }
            _ => writeln!(out, "/>"),
        };
    }
    if says_more {
        let kind = if is_invalid { "error" } else { "failure" };
        let why = escape(&report.verdict.reasons.join("; "));
        let _ = writeln!(
            out,
            "    <testcase classname=\"{name}\" name=\"{}\">\n      <{kind} message=\"{why}\"/>\n    </testcase>",
            escape(&headline(report))
        );
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn each_objective_is_a_test_case() {
        let mut report = sample::report();
        report.objectives[0].standing = Standing::Missed;
        report.objectives[0].name = "a <b> & \"c\"\u{7}".to_owned();
        report.verdict.outcome = Outcome::Missed;
        let text = render(&report);
        assert_eq!(text.matches("<testcase").count(), 3);
        assert!(text.contains("name=\"a &lt;b&gt; &amp; &quot;c&quot;?\">"), "{text}");
        assert!(text.contains("tests=\"3\" failures=\"1\" errors=\"0\""), "{text}");
        assert_eq!(
            text.matches("<failure message=\"31 ms, compared with ≤ 500 ms\"/>").count(),
            1,
            "{text}"
        );
    }

    #[test]
    fn a_miss_that_no_objective_shows_is_a_failure() {
        let mut report = sample::report();
        report.verdict.outcome = Outcome::Missed;
        report.verdict.reasons = vec!["each of the 7 workflow runs failed".to_owned()];
        let text = render(&report);
        assert!(
            text.contains("<failure message=\"each of the 7 workflow runs failed\"/>"),
            "{text}"
        );
        assert!(text.contains("tests=\"4\" failures=\"1\" errors=\"0\""), "{text}");
    }

    #[test]
    fn a_run_that_says_nothing_is_an_error() {
        let mut report = sample::report();
        report.verdict.outcome = Outcome::Invalid;
        report.verdict.reasons = vec!["no request was made".to_owned()];
        let text = render(&report);
        assert!(text.contains("<error message=\"no request was made\"/>"), "{text}");
        assert!(text.contains("tests=\"4\" failures=\"0\" errors=\"1\""), "{text}");
        assert!(text.matches("<skipped ").count() == 3 && text.contains("skipped=\"3\""), "{text}");
    }
}
