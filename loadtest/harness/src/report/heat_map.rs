//! Heat maps as inline SVG: time from left to right, bands of latency from bottom to top, and the more there were the
//! darker. Colour comes from the page's style sheet.

use std::fmt::Write;

use super::xml::escape;
use crate::heat::{BANDS, Heat};
use crate::terminal::{count, time_us};

const WIDTH: f64 = 540.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 8.0;
const ROW: f64 = 11.0;
const TOP: f64 = 6.0;
const BOTTOM: f64 = 24.0;

/// A heat map, of the bands in which anything lies.
pub(super) fn render(name: &str, heat: &Heat) -> Option<String> {
    let used =
        |band: &usize| heat.columns.iter().any(|column| column.get(*band).is_some_and(|n| *n > 0));
    let low = (0..=BANDS.len()).find(used)?;
    let high = (0..=BANDS.len()).rev().find(used)?;
    let n_rows = high - low + 1;
    let most = heat.columns.iter().flatten().copied().max().unwrap_or(1).max(1) as f64;
    let width = (WIDTH - LEFT - RIGHT) / heat.columns.len().max(1) as f64;
    let height = TOP + BOTTOM + ROW * n_rows as f64;
    let mut out = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-label=\"{}: latency per second\">",
        escape(name)
    );
    // Writing to a string cannot fail.
    for (at, column) in heat.columns.iter().enumerate() {
        for band in low..=high {
            let n = column.get(band).copied().unwrap_or_default();
            if n == 0 {
                continue;
            }
            let (x, y) = (LEFT + width * at as f64, TOP + ROW * (high - band) as f64);
            // By the square root, so that a few among many are still seen.
            let opacity = 0.12 + 0.88 * (n as f64 / most).sqrt();
            let second = at as u64 * heat.column_seconds;
            let _ = write!(
                out,
                "<rect class=\"heat\" x=\"{x:.1}\" y=\"{y:.0}\" width=\"{width:.2}\" height=\"{ROW}\" \
                 opacity=\"{opacity:.2}\"><title>second {second}, {}: {}</title></rect>",
                band_name(band),
                count(n)
            );
        }
    }
    for band in (low..=high).step_by(2) {
        let y = TOP + ROW * (high - band) as f64 + ROW - 2.0;
        let _ = write!(
            out,
            "<text class=\"end\" x=\"{}\" y=\"{y:.0}\">{}</text>",
            LEFT - 6.0,
            band_name(band)
        );
    }
    let end = heat.columns.len() as u64 * heat.column_seconds;
    for (share, anchor) in [(0.0, "start"), (0.5, "mid"), (1.0, "end")] {
        let x = LEFT + (WIDTH - LEFT - RIGHT) * share;
        let _ = write!(
            out,
            "<text class=\"{anchor}\" x=\"{x:.0}\" y=\"{:.0}\">{:.0} s</text>",
            height - 6.0,
            end as f64 * share
        );
    }
    out.push_str("</svg>");
    Some(out)
}

fn band_name(band: usize) -> String {
    match BANDS.get(band) {
        Some(end) => format!("≤ {}", whole(*end)),
        None => format!("> {}", whole(BANDS[BANDS.len() - 1])),
    }
}

/// A time without idle zeros: `5 ms`.
fn whole(us: u64) -> String {
    time_us(us).replace(".00 ", " ").replace(".0 ", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_a_band_is_drawn_and_told() {
        let mut columns = vec![vec![0; BANDS.len() + 1]; 3];
        columns[1][3] = 40;
        columns[2][5] = 10;
        let heat = Heat { column_seconds: 2, columns, ..Heat::default() };
        let svg = render("getProduct", &heat).unwrap_or_default();
        assert_eq!(svg.matches("<rect").count(), 2);
        assert!(svg.contains("second 2, ≤ 5 ms: 40") && svg.contains("opacity=\"1.00\""), "{svg}");
        assert!(svg.contains(">6 s</text>"), "{svg}");
        assert_eq!(render("nothing", &Heat::default()), None);
    }
}
