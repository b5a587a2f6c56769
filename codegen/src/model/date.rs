//! Calendar days, for sunset dates.

use jiff::civil::Date;

/// Reads `2027-01-31`, or a date-time of RFC 3339 whose time is not looked at.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    const DAY_BYTES: usize = "2027-01-31".len();
    let (day, time) = text.split_at_checked(DAY_BYTES)?;
    let is_time = time.starts_with(['T', 't', ' ']) && time.len() > 1;
    let day = day.parse().ok()?;
    (time.is_empty() || is_time).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_nothing_else() {
        for good in ["2027-01-31", "2024-02-29", "2027-01-31T12:00:00Z"] {
            let read = parse_date(good).map(|date| date.to_string());
            assert_eq!(read.as_deref(), good.get(..10));
        }
        for bad in
            ["2027-1-31", "2023-02-29", "2027-13-01", "soon", "", "2027-01-31-01", "2027-00-10"]
        {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }
}
