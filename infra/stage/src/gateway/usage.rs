//! API keys and usage plans of one API: which keys count, and what each has used. Pure data that is told the time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::template::{ApiKey, Plan, QuotaPeriod, UsagePlan};

/// What becomes of a request with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict<'u> {
    /// It counts for this key.
    Counts(&'u ApiKey),
    /// The key is missing, unknown or turned off, or no plan lets it call this API.
    Unknown,
    /// It comes too soon.
    Throttled,
    /// The period's requests are used up.
    Exceeded,
}

/// The keys and plans of an API.
#[derive(Debug)]
pub(super) struct Usage {
    keys: Vec<ApiKey>,
    plans: Vec<UsagePlan>,
    used: BTreeMap<String, Used>,
}

/// What a key has used.
#[derive(Debug, Clone)]
struct Used {
    tokens: f64,
    filled: Timestamp,
    period: String,
    count: u64,
}

impl Usage {
    /// The keys and plans of an API.
    pub(super) fn of(plan: &Plan, api_id: &str) -> Self {
        let about = |plan: &&UsagePlan| plan.apis.iter().any(|id| id == api_id);
        Self {
            keys: plan.api_keys.clone(),
            plans: plan.usage_plans.iter().filter(about).cloned().collect(),
            used: BTreeMap::new(),
        }
    }

    /// Counts a request for the key that it carries.
    pub(super) fn admit(&mut self, sent: Option<&str>, now: Timestamp) -> Verdict<'_> {
        let key = self.keys.iter().find(|key| key.enabled && Some(key.value.as_str()) == sent);
        let Some(key) = key else { return Verdict::Unknown };
        let plan = self.plans.iter().find(|plan| plan.keys.contains(&key.key_id));
        let Some(plan) = plan else { return Verdict::Unknown };
        let full = plan.throttle.map_or(0.0, |(_, burst)| f64::from(burst));
        let used = self.used.entry(key.key_id.clone()).or_insert_with(|| Used {
            tokens: full,
            filled: now,
            period: String::new(),
            count: 0,
        });
        if let Some((limit, period)) = plan.quota {
            let current = name_of(period, now);
            if used.period != current {
                used.period = current;
                used.count = 0;
            }
            if used.count >= limit {
                return Verdict::Exceeded;
            }
        }
        if let Some((rate, _)) = plan.throttle {
            let seconds = now.duration_since(used.filled).as_secs_f64().max(0.0);
            used.tokens = (used.tokens + seconds * rate).min(full);
            used.filled = now;
            if used.tokens < 1.0 {
                return Verdict::Throttled;
            }
            used.tokens -= 1.0;
        }
        used.count += 1;
        Verdict::Counts(key)
    }
}

/// The period that a time is in.
fn name_of(period: QuotaPeriod, now: Timestamp) -> String {
    let date = Offset::UTC.to_datetime(now).date();
    match period {
        QuotaPeriod::Day => date.to_string(),
        QuotaPeriod::Week => {
            let week = date.iso_week_date();
            format!("{}-{}", week.year(), week.week())
        }
        QuotaPeriod::Month => format!("{}-{}", date.year(), date.month()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn usage(throttle: Option<(f64, u32)>, quota: Option<(u64, QuotaPeriod)>) -> Usage {
        let key = |id: &str, enabled| ApiKey {
            id: id.to_owned(),
            key_id: id.to_owned(),
            value: format!("value-of-{id}"),
            enabled,
        };
        let plan = UsagePlan {
            id: "P".to_owned(),
            plan_id: "p".to_owned(),
            apis: vec!["api".to_owned()],
            keys: vec!["a".to_owned(), "off".to_owned()],
            throttle,
            quota,
        };
        let keys = vec![key("a", true), key("off", false), key("planless", true)];
        Usage { keys, plans: vec![plan], used: BTreeMap::new() }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn told(verdict: Verdict<'_>) -> &'static str {
        match verdict {
            Verdict::Counts(_) => "counts",
            Verdict::Unknown => "unknown",
            Verdict::Throttled => "throttled",
            Verdict::Exceeded => "exceeded",
        }
    }

    #[test]
    fn only_keys_with_a_plan_count() {
        let mut usage = usage(None, None);
        for (sent, expected) in [
            (Some("value-of-a"), "counts"),
            (Some("value-of-off"), "unknown"),
            (Some("value-of-planless"), "unknown"),
            (Some("nonsense"), "unknown"),
            (None, "unknown"),
        ] {
            assert_eq!(told(usage.admit(sent, at(0))), expected, "{sent:?}");
        }
    }

    #[test]
    fn a_bucket_is_filled_at_its_rate() {
        let mut usage = usage(Some((0.5, 2)), None);
        let told: Vec<_> = [0, 0, 0, 1, 2, 2, 3]
            .map(|second| told(usage.admit(Some("value-of-a"), at(second))))
            .into();
        let expected =
            ["counts", "counts", "throttled", "throttled", "counts", "throttled", "throttled"];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_quota_is_for_a_period() {
        let mut usage = usage(None, Some((2, QuotaPeriod::Day)));
        let day = 86_400;
        let told: Vec<_> = [0, 0, 0, day, day]
            .map(|second| told(usage.admit(Some("value-of-a"), at(second))))
            .into();
        assert_eq!(told, ["counts", "counts", "exceeded", "counts", "counts"]);
    }
}
