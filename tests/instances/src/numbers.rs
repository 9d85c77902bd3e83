//! Numbers within bounds.

use apicrate_runtime::{Json, Number};
use serde_json::Value;

use super::{Maker, Says};

/// The bounds of a number.
struct Bounds {
    low: Option<f64>,
    high: Option<f64>,
    low_excluded: bool,
    high_excluded: bool,
    step: Option<f64>,
}

impl<'s> Maker<'s, '_> {
    /// Makes a number; an integer may be written in another way.
    pub(super) fn number(&mut self, says: &Says<'s>, is_integer: bool) -> Json {
        let bounds = Bounds::of(says);
        let step = bounds.step.unwrap_or(if is_integer { 1.0 } else { 0.25 });
        let mut text = "0".to_owned();
        for _ in 0..30 {
            let value = self.candidate(&bounds, step, is_integer);
            if bounds.take(value) && (!is_integer || value.fract() == 0.0) {
                text = written(value, bounds.step);
                break;
            }
        }
        if is_integer && !text.contains(['.', 'e']) && self.random.chance(1, 10) {
            text.push_str(self.random.pick::<&str>(&[".0", "e0", ".00"]));
        }
        Json::Number(Number::parse(&text).unwrap_or_else(|| 0.into()))
    }

    /// Returns a number near a bound or zero.
    fn candidate(&mut self, bounds: &Bounds, step: f64, is_integer: bool) -> f64 {
        let small = f64::from(u32::try_from(self.random.below(40)).unwrap_or_default());
        let (low, high) = (bounds.low.or(bounds.high), bounds.high.or(bounds.low));
        let anchor = match (low.zip(high), self.random.below(4)) {
            (Some((low, _)), 0 | 1) => low,
            (Some((_, high)), 2) => high,
            (Some((low, high)), _) => f64::midpoint(low, high),
            (None, 3) => 1000.0,
            (None, _) => 0.0,
        };
        let away = small * step * if self.random.chance(1, 2) { -1.0 } else { 1.0 };
        let away = if self.random.chance(1, 3) { 0.0 } else { away };
        let value = anchor + away;
        match bounds.step {
            Some(step) if step != 0.0 => (value / step).round() * step,
            _ if is_integer => value.round(),
            _ => value,
        }
    }
}

impl Bounds {
    fn of(says: &Says<'_>) -> Self {
        let all = |keyword: &'static str| {
            let values = says.iter().filter_map(move |schema| schema.get(keyword));
            values.filter_map(Value::as_f64)
        };
        let (low, low_out) = (
            all("minimum").reduce(f64::max),
            all("exclusiveMinimum").reduce(f64::max),
        );
        let (high, high_out) = (
            all("maximum").reduce(f64::min),
            all("exclusiveMaximum").reduce(f64::min),
        );
        Self {
            low: low.into_iter().chain(low_out).reduce(f64::max),
            high: high.into_iter().chain(high_out).reduce(f64::min),
            low_excluded: low_out.is_some_and(|out| low.is_none_or(|low| out >= low)),
            high_excluded: high_out.is_some_and(|out| high.is_none_or(|high| out <= high)),
            step: all("multipleOf").reduce(f64::max),
        }
    }

    fn take(&self, value: f64) -> bool {
        let above = self
            .low
            .is_none_or(|low| value > low || (value >= low && !self.low_excluded));
        let below = self
            .high
            .is_none_or(|high| value < high || (value <= high && !self.high_excluded));
        above && below
    }
}

/// Writes a number with as many digits as its step has.
fn written(value: f64, step: Option<f64>) -> String {
    let digits = step.map(|step| step.to_string().split_once('.').map_or(0, |(_, digits)| digits.len()));
    match digits {
        Some(digits) => format!("{value:.digits$}"),
        // All digits: the shortest text that reads as this `f64` may be another integer.
        None if value.fract() == 0.0 => format!("{value:.0}"),
        None => value.to_string(),
    }
}
