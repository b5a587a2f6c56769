//! The words for faults: the help text of each preset, and the summary of the faults of a run. Everything is derived
//! from the chances and the counters.

use std::fmt::{self, Display, Formatter, Write as _};
use std::time::Duration;

use super::{Act, Chance, Failure, Moment, Preset, Site, Tally};

impl Display for Site {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::PutEvents => "PutEvents calls",
            Self::EventEntry => "events published",
            Self::Delivery => "event deliveries",
            Self::QueueCall => "queue API calls",
            Self::Arrival => "messages sent",
            Self::TableRead => "table reads",
            Self::TableWrite => "table writes",
            Self::Invocation => "invocations",
            Self::Request => "client requests",
        })
    }
}

impl Display for Act {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fail(Failure::Throttle) => out.write_str("are throttled"),
            Self::Fail(Failure::Internal) => out.write_str("fail with 500"),
            Self::Fail(Failure::Unavailable) => out.write_str("fail with 503"),
            Self::Delay(least, most) => write!(out, "take {} to {} longer", In(*least), In(*most)),
            Self::Duplicate(1, gap) => write!(out, "are repeated once, within {}", In(*gap)),
            Self::Duplicate(most, gap) => {
                write!(out, "are repeated up to {most} times, within {} each", In(*gap))
            }
            Self::LoseResponse => out.write_str("succeed, but their response is lost"),
            Self::Kill(Moment::Before) => out.write_str("kill the process before the handler runs"),
            Self::Kill(Moment::During(most)) => {
                write!(out, "kill the process up to {} into the handler", In(*most))
            }
            Self::Kill(Moment::After) => {
                out.write_str("kill the process after the handler, before its response is accepted")
            }
        }
    }
}

impl Display for Chance {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}% of {} {}", f64::from(self.per_mille) / 10.0, self.site, self.act)
    }
}

/// A duration as people write it.
struct In(Duration);

impl Display for In {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0.as_millis() {
            ms if ms >= 1_000 && ms % 1_000 == 0 => write!(out, "{} s", ms / 1_000),
            ms => write!(out, "{ms} ms"),
        }
    }
}

/// Every preset with its chances, for the help of a command.
pub fn teach() -> String {
    let mut text = String::from("Presets of --faults:");
    for (name, preset) in Preset::ALL {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {name:<14} {}", preset.about());
        // Those of all of them together are said already.
        if preset != Preset::All {
            for chance in preset.plan().chances() {
                let _ = write!(text, "\n                   {chance}");
            }
        }
    }
    text
}

/// One line for each site with its number of faults; sites that were never reached are left out.
pub fn render_tally(tally: &[Tally]) -> String {
    let mut text = String::new();
    for Tally { site, asked, hurt } in tally.iter().filter(|tally| tally.asked > 0) {
        let _ = writeln!(text, "  {:<22}{hurt:>9} of {asked:>9}", site.to_string());
    }
    if text.is_empty() { "  no site was reached\n".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_taught_with_its_chances() {
        let text = teach();
        for (name, preset) in Preset::ALL {
            assert!(text.contains(&format!("\n  {name} ")), "{name} is missing in\n{text}");
            assert!(text.contains(preset.about()), "{name} is not explained in\n{text}");
        }
        for line in [
            "10% of table writes are throttled",
            "2% of table reads take 20 ms to 200 ms longer",
            "1% of invocations kill the process up to 10 ms into the handler",
            "15% of messages sent are repeated up to 2 times, within 500 ms each",
            "6% of table writes succeed, but their response is lost",
            "15% of event deliveries take 50 ms to 3 s longer",
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
    }

    #[test]
    fn the_tally_leaves_out_where_nobody_came() {
        let tally = [
            Tally { site: Site::TableRead, asked: 1_200, hurt: 120 },
            Tally { site: Site::Request, asked: 0, hurt: 0 },
        ];
        let text = render_tally(&tally);
        assert_eq!(text, "  table reads                 120 of      1200\n");
        assert_eq!(render_tally(&[]), "  no site was reached\n");
    }
}
