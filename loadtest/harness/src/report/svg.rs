//! Line charts as inline SVG. Colours and type come from the page's style sheet by class, so that a chart is
//! right in light and dark and on paper. It knows numbers and names, and nothing of load tests.

use std::fmt::Write;

use super::xml::escape;

const WIDTH: f64 = 540.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 28.0;

/// How many ticks an axis has, about.
const N_TICKS: f64 = 5.0;

/// A chart of several lines over one axis.
pub(super) struct Chart {
    /// Read out in place of the drawing.
    pub(super) description: String,
    pub(super) x: Axis,
    pub(super) y: Axis,
    pub(super) series: Vec<Series>,
    /// A line across at this height: an objective.
    pub(super) limit: Option<f64>,
    /// What is told of each stretch of the x axis when it is pointed at.
    pub(super) notes: Vec<Note>,
}

/// One line.
pub(super) struct Series {
    /// Its name, in the legend.
    pub(super) name: String,
    /// Its colour: the number of a class of the style sheet, from 1.
    pub(super) color: usize,
    /// Whether the space below it is filled.
    pub(super) filled: bool,
    /// Its points, from left to right. A line is broken where `y` is not a number.
    pub(super) points: Vec<(f64, f64)>,
}

/// A stretch of the x axis and what is told of it.
pub(super) struct Note {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) text: String,
}

/// An axis.
pub(super) struct Axis {
    pub(super) scale: Scale,
    /// Where the grid is, and what stands there.
    pub(super) ticks: Vec<(f64, String)>,
}

/// How values become places on an axis.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scale {
    /// Evenly, from the first to the second.
    Linear(f64, f64),
    /// By their logarithm, from the first to the second; both above zero.
    Log(f64, f64),
}

impl Scale {
    /// The place of a value, 0 to 1; what lies outside is moved to the edge.
    fn place(self, value: f64) -> f64 {
        let place = match self {
            Self::Linear(low, high) => (value - low) / (high - low),
            Self::Log(low, high) => (value.max(low) / low).ln() / (high / low).ln(),
        };
        if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
    }
}

impl Axis {
    /// An even axis from zero to a round number at or above `max`.
    pub(super) fn from_zero(max: f64, label: impl Fn(f64) -> String) -> Self {
        let max = if max.is_finite() && max > 0.0 { max } else { 1.0 };
        let step = round_step(max / N_TICKS);
        let n_steps = (max / step).ceil().max(1.0);
        let ticks = (0..=n_steps as usize).map(|index| index as f64 * step);
        Self {
            scale: Scale::Linear(0.0, n_steps * step),
            ticks: ticks.map(|value| (value, label(value))).collect(),
        }
    }

    /// An even axis from zero to `max` exactly, with ticks at round numbers: for time.
    pub(super) fn time(max: f64, label: impl Fn(f64) -> String) -> Self {
        let max = if max.is_finite() && max > 0.0 { max } else { 1.0 };
        let step = round_step(max / (N_TICKS + 1.0)).max(1.0);
        let ticks = (0..=(max / step) as usize).map(|index| index as f64 * step);
        Self {
            scale: Scale::Linear(0.0, max),
            ticks: ticks.map(|value| (value, label(value))).collect(),
        }
    }

    /// A logarithmic axis that spans the two, from round number to round number (1, 2 or 5 times a power of
    /// ten). A long one has ticks at powers of ten only.
    pub(super) fn logarithmic(min: f64, max: f64, label: impl Fn(f64) -> String) -> Self {
        let (min, max) = (min.max(1e-6), max.max(1e-6));
        let decade = 10_f64.powf(min.log10().floor());
        let round =
            |index: i32| [1.0, 2.0, 5.0][index as usize % 3] * decade * 10_f64.powi(index / 3);
        let first = (0..3).rev().find(|index| round(*index) <= min * 1.001).unwrap_or(0);
        let last = (first + 1..40).find(|index| round(*index) >= max * 0.999).unwrap_or(40);
        let all_fit = last - first <= 7;
        let ticks = (first..=last).filter(|index| all_fit || index % 3 == 0).map(round);
        Self {
            scale: Scale::Log(round(first), round(last)),
            ticks: ticks.map(|value| (value, label(value))).collect(),
        }
    }
}

/// The round number (1, 2 or 5 times a power of ten) that is nearest above.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= step * 0.999);
    factor.unwrap_or(10.0) * power
}

impl Chart {
    /// The chart as an `<svg>` element.
    pub(super) fn render(&self) -> String {
        let mut svg = format!(
            "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
            escape(&self.description)
        );
        // Writing to a string cannot fail.
        let _ = self.draw(&mut svg);
        svg.push_str("</svg>");
        svg
    }

    fn draw(&self, svg: &mut String) -> std::fmt::Result {
        let (bottom, right) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
        for (value, label) in &self.y.ticks {
            let y = self.y_of(*value);
            write!(svg, "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{right}\"/>")?;
            let (x, y) = (LEFT - 8.0, y + 3.5);
            write!(
                svg,
                "<text class=\"tick end\" x=\"{x}\" y=\"{y:.1}\">{}</text>",
                escape(label)
            )?;
        }
        for (value, label) in &self.x.ticks {
            let (x, y) = (self.x_of(*value), bottom + 18.0);
            write!(
                svg,
                "<path class=\"mark\" data-x=\"{x:.1}\" d=\"M{x:.1} {bottom}v4\"/>\
                 <text class=\"tick mid\" data-x=\"{x:.1}\" x=\"{x:.1}\" y=\"{y}\">{}</text>",
                escape(label)
            )?;
        }
        // A drawing of its own, so that a stretch of it can be shown.
        let (width, height) = (right - LEFT, bottom - TOP);
        write!(
            svg,
            "<svg class=\"plot\" x=\"{LEFT}\" y=\"{TOP}\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"{LEFT} {TOP} {width} {height}\" preserveAspectRatio=\"none\">"
        )?;
        for series in &self.series {
            self.draw_series(svg, series, bottom)?;
        }
        if let Some(limit) = self.limit {
            let y = self.y_of(limit);
            write!(svg, "<path class=\"limit\" d=\"M{LEFT} {y:.1}H{right}\"/>")?;
        }
        for note in &self.notes {
            let (from, to) = (self.x_of(note.from), self.x_of(note.to));
            let (width, height) = (to - from, bottom - TOP);
            write!(
                svg,
                "<rect class=\"note\" x=\"{from:.1}\" y=\"{TOP}\" width=\"{width:.1}\" \
                 height=\"{height}\"><title>{}</title></rect>",
                escape(&note.text)
            )?;
        }
        svg.push_str("</svg>");
        Ok(())
    }

    fn draw_series(&self, svg: &mut String, series: &Series, bottom: f64) -> std::fmt::Result {
        let color = series.color;
        for run in series.points.split(|(_, y)| !y.is_finite()).filter(|run| !run.is_empty()) {
            let mut path = String::new();
            for (index, (x, y)) in run.iter().enumerate() {
                let (pen, x, y) =
                    (if index == 0 { 'M' } else { 'L' }, self.x_of(*x), self.y_of(*y));
                write!(path, "{pen}{x:.1} {y:.1}")?;
            }
            if let (true, [first, .., last]) = (series.filled, run) {
                let (first, last) = (self.x_of(first.0), self.x_of(last.0));
                let area = format!("{path}L{last:.1} {bottom}L{first:.1} {bottom}Z");
                write!(svg, "<path class=\"area c{color}\" d=\"{area}\"/>")?;
            }
            write!(svg, "<path class=\"line c{color}\" d=\"{path}\"/>")?;
        }
        Ok(())
    }

    fn x_of(&self, value: f64) -> f64 {
        LEFT + self.x.scale.place(value) * (WIDTH - LEFT - RIGHT)
    }

    fn y_of(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - self.y.scale.place(value) * (HEIGHT - TOP - BOTTOM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: Vec<(f64, f64)>) -> Chart {
        Chart {
            description: "a <chart>".to_owned(),
            x: Axis::time(10.0, |value| format!("{value} s")),
            y: Axis::from_zero(80.0, |value| value.to_string()),
            series: vec![Series { name: "a".to_owned(), color: 1, filled: true, points }],
            limit: Some(50.0),
            notes: vec![Note { from: 0.0, to: 1.0, text: "\"1\" & 2".to_owned() }],
        }
    }

    #[test]
    fn axes_end_at_round_numbers() {
        for (max, end, n_ticks) in [(80.0, 80.0, 5), (93.0, 100.0, 6), (0.0, 1.0, 6), (7.0, 8.0, 5)]
        {
            let axis = Axis::from_zero(max, |value| value.to_string());
            let Scale::Linear(_, high) = axis.scale else { unreachable!("made even") };
            assert_eq!((high, axis.ticks.len()), (end, n_ticks), "{max}");
        }
        let ticks = |min, max| {
            let axis = Axis::logarithmic(min, max, |value| value.to_string());
            axis.ticks.iter().map(|tick| tick.0.round()).collect::<Vec<_>>()
        };
        assert_eq!(ticks(870.0, 7_000.0), [500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0]);
        assert_eq!(ticks(3.0, 31_000.0), [10.0, 100.0, 1_000.0, 10_000.0]);
        assert_eq!(ticks(5.0, 5.0), [5.0, 10.0]);
    }

    #[test]
    fn values_outside_stay_on_the_paper() {
        let scale = Scale::Log(1.0, 100.0);
        assert_eq!([0.0, 1.0, 10.0, 100.0, 1e9].map(|v| scale.place(v)), [0.0, 0.0, 0.5, 1.0, 1.0]);
        assert_eq!(Scale::Linear(0.0, 0.0).place(1.0), 0.0);
    }

    #[test]
    fn text_is_escaped_and_gaps_break_the_line() {
        let svg = chart(vec![(0.0, 1.0), (1.0, 2.0), (2.0, f64::NAN), (3.0, 4.0)]).render();
        assert!(svg.contains("a &lt;chart&gt;") && svg.contains("&quot;1&quot; &amp; 2"), "{svg}");
        assert_eq!(svg.matches("class=\"line c1\"").count(), 2);
        assert!(!svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn a_chart_without_points_is_still_a_chart() {
        let svg = chart(Vec::new()).render();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("line c"));
    }
}
