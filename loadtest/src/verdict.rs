//! The verdict: pure judgement over what a run found. A run that says nothing about the system is invalid
//! before any objective is looked at.

use crate::drain::Drained;
use crate::ledger::Tally;
use crate::report::{Outcome, Verdict};
use crate::slo::Judged;

/// What a run found.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// Each objective, judged.
    pub objectives: &'a [Judged],
    /// The ledger's sums.
    pub tally: &'a Tally,
    /// How the wait for orders ended.
    pub drained: Drained,
    /// Why the last look at everything failed, if it did.
    pub audit: Option<&'a str>,
    /// The share of slots that started late or never.
    pub late_share: f64,
    /// The share that may.
    pub late_limit: f64,
}

/// Reaches the verdict.
#[must_use]
pub fn reach(findings: &Findings<'_>) -> Verdict {
    let invalid = reasons_against(findings);
    if !invalid.is_empty() {
        return Verdict { outcome: Outcome::Invalid, reasons: invalid };
    }
    let missed: Vec<_> = findings.objectives.iter().filter(|judged| !judged.pass).collect();
    if missed.is_empty() {
        return Verdict { outcome: Outcome::Pass, reasons: Vec::new() };
    }
    let reasons = missed.iter().map(|judged| format!("{} missed", judged.name)).collect();
    Verdict { outcome: Outcome::Missed, reasons }
}

fn reasons_against(findings: &Findings<'_>) -> Vec<String> {
    let mut reasons = Vec::new();
    if findings.tally.sent == 0 {
        reasons.push("no customer came as far as the checkout".to_owned());
    } else if findings.tally.accepted == 0 && findings.tally.refused == 0 {
        reasons.push("no checkout got a definite answer".to_owned());
    }
    if findings.late_share > findings.late_limit {
        reasons.push(format!(
            "{:.1}% of the slots started late: this measured the load generator; lower --rate, or raise --users",
            findings.late_share * 100.0,
        ));
    }
    match findings.drained {
        Drained::StillComing => {
            reasons.push("the drain timed out while orders still came; raise --drain".to_owned());
        }
        Drained::Interrupted => {
            reasons.push("the wait for orders was interrupted".to_owned());
        }
        Drained::Closed | Drained::Idle | Drained::TimedOut => {}
    }
    if let Some(detail) = findings.audit {
        reasons.push(format!("the last look at orders and baskets failed: {detail}"));
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slo::Unit;

    fn judged(pass: bool) -> Judged {
        let name = "orders lost".to_owned();
        Judged { name, actual: Some(1.0), limit: 0.0, at_least: false, unit: Unit::Count, pass }
    }

    fn tally() -> Tally {
        Tally { sent: 10, accepted: 10, once: 10, ..Tally::default() }
    }

    fn findings<'a>(objectives: &'a [Judged], tally: &'a Tally) -> Findings<'a> {
        Findings {
            objectives,
            tally,
            drained: Drained::Closed,
            audit: None,
            late_share: 0.0,
            late_limit: 0.01,
        }
    }

    #[test]
    fn a_run_passes_when_every_objective_holds() {
        let verdict = reach(&findings(&[judged(true)], &tally()));
        assert_eq!((verdict.outcome, verdict.outcome.exit_code()), (Outcome::Pass, 0));
    }

    #[test]
    fn one_missed_objective_is_named() {
        let verdict = reach(&findings(&[judged(true), judged(false)], &tally()));
        assert_eq!((verdict.outcome, verdict.outcome.exit_code()), (Outcome::Missed, 1));
        assert_eq!(verdict.reasons, ["orders lost missed"]);
    }

    #[test]
    fn a_run_that_says_nothing_is_invalid_whatever_the_objectives_say() {
        let (nothing, no_answer) =
            (Tally::default(), Tally { sent: 3, unknown: 3, ..Tally::default() });
        let (objectives, good) = ([judged(false)], tally());
        let base = findings(&objectives, &good);
        let cases = [
            Findings { tally: &nothing, ..base },
            Findings { tally: &no_answer, ..base },
            Findings { late_share: 0.011, ..base },
            Findings { drained: Drained::StillComing, ..base },
            Findings { drained: Drained::Interrupted, ..base },
            Findings { audit: Some("getOrders: status 500"), ..base },
        ];
        for case in cases {
            let verdict = reach(&case);
            assert_eq!(
                (verdict.outcome, verdict.outcome.exit_code()),
                (Outcome::Invalid, 3),
                "{case:?}"
            );
        }
    }

    #[test]
    fn missing_orders_after_a_quiet_drain_are_for_the_objectives_to_judge() {
        for drained in [Drained::Idle, Drained::TimedOut] {
            let (objectives, tally) = ([judged(false)], tally());
            let case = Findings { drained, ..findings(&objectives, &tally) };
            assert_eq!(reach(&case).outcome, Outcome::Missed);
        }
    }
}
