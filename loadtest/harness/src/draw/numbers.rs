//! Numbers that a schema allows, counted in steps, because doubles miss bounds.

use runtime::Decimal;
use serde_json::{Value, json};

use crate::dice::Dice;

/// An integer of the steps that the schema asks for.
pub(super) fn integer(schema: &Value, dice: &mut Dice) -> Value {
    let asked = step_of(schema).unwrap_or(Decimal::ONE);
    let step = asked.common_multiple(Decimal::ONE).unwrap_or(Decimal::ONE);
    let drawn = Steps::of(schema, step).and_then(|steps| steps.draw(999, dice));
    drawn.unwrap_or_else(|| bound(schema))
}

/// A number with two decimals, or of the steps that the schema asks for. Where bounds leave less room than a step and the
/// schema asks for none, steps are smaller.
pub(super) fn number(schema: &Value, dice: &mut Dice) -> Value {
    let asked = step_of(schema);
    let mut step = asked.unwrap_or(CENT);
    loop {
        let steps = Steps::of(schema, step);
        let is_narrow = steps.as_ref().is_some_and(Steps::is_empty);
        let smaller = step.checked_mul(TENTH).filter(|_| is_narrow && asked.is_none());
        match smaller {
            Some(smaller) if smaller.magnitude() >= SMALLEST => step = smaller,
            _ => {
                break steps.and_then(|all| all.draw(1_000, dice)).unwrap_or_else(|| bound(schema));
            }
        }
    }
}

/// The size of the steps in which numbers are drawn where the schema leaves it open, and by what smaller ones are smaller.
const CENT: Decimal = Decimal::constant("0.01");
const TENTH: Decimal = Decimal::constant("0.1");

/// The power of ten of the smallest step.
const SMALLEST: i64 = -20;

/// Bounds of so many powers of ten more than a step leave their end open: those of `format: float`, say.
const FAR: i64 = 30;

fn step_of(schema: &Value) -> Option<Decimal> {
    decimal(schema, "multipleOf").filter(|step| !step.is_zero() && !step.is_negative())
}

fn decimal(schema: &Value, key: &str) -> Option<Decimal> {
    schema[key].as_number()?.to_string().parse().ok()
}

/// A bound itself, for numbers that cannot be counted in steps.
fn bound(schema: &Value) -> Value {
    let mut bounds = ["minimum", "maximum"].into_iter().map(|key| &schema[key]);
    bounds.find(|bound| bound.is_number()).cloned().unwrap_or_else(|| json!(0))
}

/// The multiples of a step that a schema allows, from one to another; either end may be open.
struct Steps {
    step: Decimal,
    low: Option<i128>,
    high: Option<i128>,
}

impl Steps {
    /// None where a bound has too many digits to count steps.
    fn of(schema: &Value, step: Decimal) -> Option<Self> {
        let (mut low, mut high): (Option<i128>, Option<i128>) = (None, None);
        let is_far = |bound: &Decimal| bound.magnitude() - step.magnitude() > FAR;
        for (key, excluded) in [("minimum", 0), ("exclusiveMinimum", 1)] {
            let below = decimal(schema, key).filter(|bound| !bound.is_negative() || !is_far(bound));
            let Some(bound) = below else { continue };
            let (floor, is_exact) = floor(bound, step)?;
            let least = if is_exact { floor + excluded } else { floor + 1 };
            low = Some(low.map_or(least, |low| low.max(least)));
        }
        for (key, excluded) in [("maximum", 0), ("exclusiveMaximum", 1)] {
            let above = decimal(schema, key).filter(|bound| bound.is_negative() || !is_far(bound));
            let Some(bound) = above else { continue };
            let (floor, is_exact) = floor(bound, step)?;
            let most = if is_exact { floor - excluded } else { floor };
            high = Some(high.map_or(most, |high| high.min(most)));
        }
        Some(Self { step, low, high })
    }

    fn is_empty(&self) -> bool {
        self.low.zip(self.high).is_some_and(|(low, high)| low > high)
    }

    /// One of them; at an open end, of those within a distance.
    fn draw(&self, distance: u32, dice: &mut Dice) -> Option<Value> {
        let open = floor(Decimal::from(distance), self.step).map_or(0, |(steps, _)| steps).max(9);
        let (low, high) = match (self.low, self.high) {
            (Some(low), Some(high)) => (low, high.max(low)),
            (Some(low), None) => (low, low + open),
            (None, Some(high)) => ((high - open).max(high.min(0)), high),
            (None, None) => (0, open),
        };
        let width = u64::try_from(high - low + 1).unwrap_or(u64::MAX);
        let drawn = Decimal::of_integer(low + i128::from(dice.below(width)))?;
        serde_json::from_str(&drawn.checked_mul(self.step)?.to_string()).ok()
    }
}

/// How many steps there are below a number or at it, and whether it is at one.
fn floor(number: Decimal, step: Decimal) -> Option<(i128, bool)> {
    // Rounded: one too many, or as many.
    let nearest = number.checked_div(step, 0)?;
    let (steps, reached) = (nearest.to_integer()?, nearest.checked_mul(step)?);
    Some((if reached > number { steps - 1 } else { steps }, reached == number))
}
