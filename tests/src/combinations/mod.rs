//! Operations of every combination of what emission branches on, and whether their crates compile.
//!
//! Each axis of [`AXES`] is a choice: the method, the request's media types, the responses', the failures, parameters,
//! security, pagination, and the features of the crate. [`rows`] has every pair of values, and more at random. An operation is a
//! module of its own, so that what the compiler says names the combination; all share one runtime.

mod axes;
mod document;
mod pairs;
mod tree;

pub use self::axes::{AXES, Axis};
pub use self::pairs::{Row, missing, rows};
pub use self::tree::{Fault, Layout, Tree};

/// Says of what a combination is made.
#[must_use]
pub fn words(row: &Row) -> String {
    let values = AXES
        .iter()
        .zip(row)
        .map(|(axis, value)| format!("{}: {}", axis.name, axis.values[*value].0));
    values.collect::<Vec<_>>().join("; ")
}
