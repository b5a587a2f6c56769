//! The verdict: pure judgement over what a run found. A run that says nothing about the system is invalid
//! before any objective is looked at.
//!
//! A slow system misses its objectives, however many users wait for it. Only where the load generator's own delay may be
//! what was measured, nobody can tell.

use crate::drain::Drained;
use crate::latency::Latency;
use crate::ledger::Tally;
use crate::report::{Outcome, Verdict};
use crate::slo::{Judged, Standing, Unit};
use crate::terminal::{count, time_us};

/// What a run found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Findings<'a> {
    /// Each objective, judged.
    pub objectives: &'a [Judged],
    /// The ledger's sums.
    pub tallies: &'a [Tally],
    /// How many visits were due.
    pub n_due: u64,
    /// How many visits ended, and how many of these ended well.
    pub n_ended: u64,
    /// See `n_ended`.
    pub n_ended_well: u64,
    /// How many requests were made.
    pub n_requests: u64,
    /// How many of them got no response.
    pub n_unanswered: u64,
    /// How the wait for what is owed ended.
    pub drained: Drained,
    /// The queues that still held messages then, with how many.
    pub pending: &'a [String],
    /// Why the last look at everything failed, if it did.
    pub audit: Option<&'a str>,
    /// Why messages that were not seen may have been published all the same.
    pub doubts: &'a [String],
    /// After how long the load was ended by hand, and how long it was to last, in seconds.
    pub cut_short: Option<(f64, f64)>,
    /// How late the load generator itself woke.
    pub lag: &'a Latency,
    /// How many visits were under way at most.
    pub n_most_visiting: usize,
    /// How often a visit had to wait for a user, because there were as many as may be.
    pub n_refused: usize,
    /// How many users there were.
    pub n_users: usize,
    /// How many visits were due and never began, because the system was too far behind.
    pub n_unstarted: u64,
}

/// Reaches the verdict.
#[must_use]
pub(crate) fn reach(findings: &Findings<'_>) -> Verdict {
    let invalid = reasons_against(findings);
    if !invalid.is_empty() {
        return Verdict { outcome: Outcome::Invalid, reasons: invalid };
    }
    let missed: Vec<_> =
        findings.objectives.iter().filter(|one| one.standing.is_missed()).collect();
    // Whatever the objectives are about, they do not make good that nobody got through.
    let nobody = findings.n_ended > 0 && findings.n_ended_well == 0;
    if missed.is_empty() && findings.n_unstarted == 0 && !nobody {
        return Verdict { outcome: Outcome::Pass, reasons: unsure(findings) };
    }
    let (doubtful, certain): (Vec<_>, Vec<_>) =
        missed.into_iter().partition(|one| is_doubtful(one));
    let name = |judged: &&Judged| format!("{} missed", judged.name);
    let late = time_us(findings.lag.p99_us);
    if certain.is_empty() && findings.n_unstarted == 0 && !nobody {
        let mut reasons: Vec<_> = doubtful.iter().map(name).collect();
        reasons.push(format!(
            "the load generator itself waited up to {late} for CPU time (p99), which may explain it: lower \
         --rate, or run the load on another machine"
        ));
        return Verdict { outcome: Outcome::Invalid, reasons };
    }
    let mut reasons: Vec<_> = certain.iter().chain(&doubtful).map(name).collect();
    if certain.iter().any(|one| one.unit != Unit::Count) {
        let may_explain = |one: &&Judged| {
            let excess = one.actual.map_or(f64::MAX, |actual| actual - one.limit);
            one.unit == Unit::Ms && one.of_generator >= one.limit.min(excess / 2.0)
        };
        let generator = match certain.iter().any(may_explain) || !doubtful.is_empty() {
            false => format!("the load generator had enough CPU time (lag {late} at p99)"),
            true => format!(
                "the load generator itself waited up to {late} for CPU time (p99), which explains a part of it"
            ),
        };
        let n_waited = findings.n_most_visiting;
        reasons.push(format!(
            "up to {n_waited} workflow runs waited for the system at once; {generator}"
        ));
    }
    if nobody {
        let n_ended = count(findings.n_ended);
        reasons.push(format!("each of the {n_ended} workflow runs failed; the errors say of what"));
    }
    if findings.n_unstarted > 0 {
        reasons.push(format!(
            "{} scheduled workflow runs were left out: the system was still behind when --drain was over; lower \
             --rate, or raise --drain",
            count(findings.n_unstarted)
        ));
    }
    if findings.n_refused > 0 {
        reasons.push(format!(
            "workflow runs started late, because all {} users waited for the system; allow more with --users",
            findings.n_users
        ));
    }
    Verdict { outcome: Outcome::Missed, reasons }
}

/// Whether the load generator's own delay may be what was measured.
fn is_doubtful(judged: &Judged) -> bool {
    let actual = judged.actual.unwrap_or(f64::MAX);
    match judged.unit {
        Unit::Ms => actual - judged.limit <= judged.of_generator,
        // A share of errors is none of the generator's, and says so by 0.
        Unit::Share => {
            judged.of_generator > 0.0
                && judged.limit - judged.actual.unwrap_or(0.0) <= judged.of_generator
        }
        Unit::Count => false,
    }
}

/// Objectives that were seen beyond their limit, by too few to say that they are.
fn unsure(findings: &Findings<'_>) -> Vec<String> {
    let unsure = findings.objectives.iter().filter(|one| one.standing == Standing::Unsure);
    let tell = |judged: &Judged| {
        let needed = judged.needed.map_or_else(
            || "no number of samples would be enough".to_owned(),
            |needed| format!("about {needed} would be enough"),
        );
        format!(
            "{} is beyond its limit in {} cases, too few to be sure; {needed}",
            judged.name, judged.count
        )
    };
    unsure.map(tell).collect()
}

fn reasons_against(findings: &Findings<'_>) -> Vec<String> {
    let mut reasons = Vec::new();
    let promised = findings.tallies;
    let sum = |read: fn(&Tally) -> u64| promised.iter().map(read).sum::<u64>();
    if let Some((after, of)) = findings.cut_short {
        reasons.push(format!("the load was interrupted after {after:.1} s of {of:.1} s"));
    } else if findings.n_requests == 0 {
        let why = match findings.n_due {
            0 => "nothing was due in the time of the load; raise --rate or --run-time",
            _ => "the load was ended before",
        };
        reasons.push(format!("no request was made: {why}"));
    } else if findings.n_unanswered == findings.n_requests {
        reasons.push(
            "no request got a response: make sure that the target is running and that --stage names it"
                .to_owned(),
        );
    } else if !promised.is_empty() && sum(|tally| tally.sent) == 0 {
        reasons.push("no workflow run reached a step with an expected outcome".to_owned());
    } else if !promised.is_empty() && sum(|tally| tally.accepted + tally.refused) == 0 {
        reasons.push("no step with an expected outcome got a definite response".to_owned());
    }
    if reasons.is_empty() && findings.objectives.is_empty() {
        reasons.push(
            "no objective was judged: everything of this run is exempt, or has no objective; add one to the objectives file"
                .to_owned(),
        );
    }
    match findings.drained {
        Drained::StillComing => {
            reasons.push(
                "the drain timed out while expected outcomes were still arriving; raise --drain"
                    .to_owned(),
            );
        }
        Drained::Busy => {
            let of = match findings.pending.is_empty() {
                true => String::new(),
                false => format!(" ({})", findings.pending.join(", ")),
            };
            reasons.push(format!(
                "messages were still in flight{of} when the drain timed out, and more may come of them; look for \
                 failing functions, or raise --drain"
            ));
        }
        Drained::Interrupted => {
            reasons.push("the wait for expected outcomes was interrupted".to_owned());
        }
        Drained::Closed | Drained::Idle | Drained::TimedOut => {}
    }
    if let Some(detail) = findings.audit {
        reasons.push(format!("the final check failed: {detail}"));
    }
    reasons.extend_from_slice(findings.doubts);
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(standing: Standing) -> Judged {
        Judged {
            name: "placed lost".to_owned(),
            actual: Some(1.0),
            limit: 0.0,
            at_least: false,
            unit: Unit::Count,
            standing,
            count: 0,
            needed: None,
            of_generator: 0.0,
        }
    }

    fn slow(actual_ms: f64, of_generator: f64) -> Judged {
        let name = "checkout p99".to_owned();
        let missed = judged(Standing::Missed);
        Judged {
            name,
            actual: Some(actual_ms),
            limit: 100.0,
            unit: Unit::Ms,
            of_generator,
            ..missed
        }
    }

    fn tally() -> Tally {
        Tally { sent: 10, accepted: 10, once: 10, ..Tally::default() }
    }

    fn reached(objectives: &[Judged], change: impl FnOnce(&mut Findings<'_>)) -> Verdict {
        let (tallies, lag) = ([tally()], Latency { p99_us: 40_000, ..Latency::default() });
        let mut findings = Findings {
            objectives,
            tallies: &tallies,
            n_due: 100,
            n_ended: 100,
            n_ended_well: 99,
            n_requests: 100,
            n_unanswered: 0,
            drained: Drained::Closed,
            pending: &[],
            audit: None,
            doubts: &[],
            cut_short: None,
            lag: &lag,
            n_most_visiting: 70,
            n_refused: 0,
            n_users: 70,
            n_unstarted: 0,
        };
        change(&mut findings);
        reach(&findings)
    }

    #[test]
    fn a_run_passes_when_no_objective_is_missed() {
        let verdict = reached(&[judged(Standing::Holds), judged(Standing::Likely)], |_| {});
        assert_eq!((verdict.outcome, verdict.outcome.exit_code()), (Outcome::Pass, 0));
        let unsure = reached(&[judged(Standing::Unsure)], |_| {});
        assert!(
            unsure.outcome == Outcome::Pass && unsure.reasons[0].contains("too few"),
            "{unsure:?}"
        );
    }

    #[test]
    fn one_missed_objective_is_named() {
        let verdict = reached(&[judged(Standing::Holds), judged(Standing::Missed)], |_| {});
        assert_eq!((verdict.outcome, verdict.outcome.exit_code()), (Outcome::Missed, 1));
        assert_eq!(verdict.reasons, ["placed lost missed"]);
    }

    #[test]
    fn a_slow_system_is_a_missed_objective_and_a_starved_generator_says_nothing() {
        let system = reached(&[slow(900.0, 120.0)], |findings| findings.n_refused = 3);
        assert_eq!(system.outcome, Outcome::Missed);
        assert!(
            system.reasons.iter().any(|reason| reason.contains("70 workflow runs waited")),
            "{system:?}"
        );
        assert!(system.reasons.iter().any(|reason| reason.contains("--users")), "{system:?}");
        let generator = reached(&[slow(180.0, 120.0)], |_| {});
        assert_eq!((generator.outcome, generator.outcome.exit_code()), (Outcome::Invalid, 3));
        assert!(
            generator.reasons[1].contains("load generator itself waited up to 40 ms"),
            "{generator:?}"
        );
        let both = reached(&[slow(180.0, 120.0), judged(Standing::Missed)], |_| {});
        assert_eq!(both.outcome, Outcome::Missed);
        // Runs end late, too, where the generator is late.
        let on_time = |actual| Judged {
            unit: Unit::Share,
            limit: 0.99,
            at_least: true,
            actual: Some(actual),
            ..slow(actual, 0.01)
        };
        assert_eq!(reached(&[on_time(0.5)], |_| {}).outcome, Outcome::Missed);
        assert_eq!(reached(&[on_time(0.985)], |_| {}).outcome, Outcome::Invalid);
        let slow_too = reached(&[slow(9_000.0, 400.0)], |_| {});
        assert!(slow_too.reasons[1].contains("which explains a part of it"), "{slow_too:?}");
        assert!(system.reasons[1].contains("waited up to 40 ms"), "{system:?}");
        let enough = reached(&[slow(9_000.0, 20.0)], |_| {});
        assert!(enough.reasons[1].contains("had enough CPU time"), "{enough:?}");
        let half = reached(&[slow(200.0, 95.0)], |_| {});
        assert!(half.reasons[1].contains("which explains a part of it"), "{half:?}");
    }

    #[test]
    fn what_was_due_and_left_out_is_a_miss_whatever_the_objectives_say() {
        let verdict = reached(&[judged(Standing::Holds)], |findings| findings.n_unstarted = 1_200);
        assert_eq!(verdict.outcome, Outcome::Missed);
        assert!(verdict.reasons[0].contains("were left out"), "{verdict:?}");
    }

    #[test]
    fn a_run_of_which_everything_failed_never_passes() {
        let verdict = reached(&[judged(Standing::Holds)], |findings| findings.n_ended_well = 0);
        assert_eq!(verdict.outcome, Outcome::Missed);
        assert!(verdict.reasons[0].contains("each of the 100 workflow runs failed"), "{verdict:?}");
    }

    #[test]
    fn a_run_of_which_nothing_is_judged_is_invalid() {
        let verdict = reached(&[], |_| {});
        assert_eq!(verdict.outcome, Outcome::Invalid);
        assert!(verdict.reasons[0].contains("no objective was judged"), "{verdict:?}");
    }

    #[test]
    fn a_run_that_says_nothing_is_invalid_whatever_the_objectives_say() {
        let (nothing, no_answer) =
            ([Tally::default()], [Tally { sent: 3, unknown: 3, ..Tally::default() }]);
        let objectives = [judged(Standing::Missed)];
        static DOUBTS: [String; 1] = [String::new()];
        let changes: [&dyn Fn(&mut Findings<'_>); 8] = [
            &|findings| findings.doubts = &DOUBTS,
            &|findings| findings.drained = Drained::Busy,
            &|findings| findings.n_unanswered = 100,
            &|findings| findings.n_requests = 0,
            &|findings| findings.drained = Drained::StillComing,
            &|findings| findings.drained = Drained::Interrupted,
            &|findings| findings.cut_short = Some((3.0, 30.0)),
            &|findings| findings.audit = Some("getOrders: status 500"),
        ];
        for change in changes {
            assert_eq!(reached(&objectives, change).outcome.exit_code(), 3);
        }
        let lag = Latency::default();
        for tallies in [&nothing[..], &no_answer[..]] {
            let findings = Findings {
                objectives: &objectives,
                tallies,
                n_due: 3,
                n_ended: 3,
                n_ended_well: 3,
                n_requests: 3,
                n_unanswered: 0,
                drained: Drained::Closed,
                pending: &[],
                audit: None,
                doubts: &[],
                cut_short: None,
                lag: &lag,
                n_most_visiting: 0,
                n_refused: 0,
                n_users: 0,
                n_unstarted: 0,
            };
            assert_eq!(reach(&findings).outcome, Outcome::Invalid);
        }
        // A system that promises nothing is judged by its answers alone.
        assert_eq!(
            reached(&[judged(Standing::Holds)], |one| one.tallies = &[]).outcome,
            Outcome::Pass
        );
    }

    #[test]
    fn what_is_missing_after_a_quiet_drain_is_for_the_objectives_to_judge() {
        for drained in [Drained::Idle, Drained::TimedOut] {
            let verdict = reached(&[judged(Standing::Missed)], |one| one.drained = drained);
            assert_eq!(verdict.outcome, Outcome::Missed);
        }
    }
}
