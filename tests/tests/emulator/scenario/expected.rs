//! What a query has to find, and in which order: the semantics of the emulator's README, row by row.

use std::cmp::Ordering;
use std::mem::discriminant;

use losant_data::runtime::Scalar;
use losant_data::schemas::{AdvancedQuery, AdvancedValueQuery, AdvancedValueQueryObject};

use super::cell::{Cell, Row};

/// Returns whether a query is true of a row.
pub(crate) fn matches(query: &AdvancedQuery, row: &Row) -> bool {
    let AdvancedQuery {
        and,
        or,
        nor,
        additional_properties,
        ..
    } = query;
    let among = |queries: &Vec<AdvancedQuery>| queries.iter().any(|query| matches(query, row));
    and.iter().flatten().all(|query| matches(query, row))
        && or.as_ref().is_none_or(among)
        && !nor.as_ref().is_some_and(among)
        && additional_properties.iter().all(|(name, test)| match test {
            AdvancedValueQuery::Scalar(value) => row[name] == Cell::from(value),
            AdvancedValueQuery::Object(tests) => passes(tests, &row[name]),
            other => panic!("{other:?} is no test"),
        })
}

/// Returns whether a cell passes every test of an object.
fn passes(tests: &AdvancedValueQueryObject, cell: &Cell) -> bool {
    let fold = |cell: Cell| match cell {
        Cell::Text(text) if tests.ci == Some(true) => Cell::Text(text.to_lowercase()),
        other => other,
    };
    let cell = fold(cell.clone());
    let is = |operand: &Scalar| fold(operand.into()) == cell;
    // Values compare with those of their own type; null is a type of one value.
    let is_ordered = |operand: &Option<Scalar>, test: fn(Ordering) -> bool| {
        operand.as_ref().is_none_or(|operand| {
            let operand = fold(operand.into());
            discriminant(&operand) == discriminant(&cell) && test(cell.cmp(&operand))
        })
    };
    let has = |part: &Option<String>, test: fn(&str, &str) -> bool| {
        part.as_ref()
            .is_none_or(|part| match (&cell, fold(part.as_str().into())) {
                (Cell::Text(whole), Cell::Text(part)) => test(whole, &part),
                _ => false,
            })
    };
    let parts = [
        tests.eq_.as_ref().is_none_or(is),
        !tests.ne_.as_ref().is_some_and(is),
        is_ordered(&tests.gt, Ordering::is_gt),
        is_ordered(&tests.lt, Ordering::is_lt),
        is_ordered(&tests.gte, Ordering::is_ge),
        is_ordered(&tests.lte, Ordering::is_le),
        has(&tests.starts_with, |whole, part| whole.starts_with(part)),
        has(&tests.ends_with, |whole, part| whole.ends_with(part)),
        has(&tests.contains, |whole, part| whole.contains(part)),
        tests.in_.as_ref().is_none_or(|operands| operands.iter().any(is)),
        !tests.nin.as_ref().is_some_and(|operands| operands.iter().any(is)),
    ];
    parts.into_iter().all(|part| part)
}

/// Returns the rows of which a query is true, by a column and then by `id`, in whose order they are; the greatest first
/// where `descending`.
pub(crate) fn found<'r>(rows: &'r [Row], query: &AdvancedQuery, column: &str, descending: bool) -> Vec<&'r Row> {
    let mut found: Vec<&Row> = rows.iter().filter(|row| matches(query, row)).collect();
    // Rows that are alike in the column stay in their order.
    found.sort_by_cached_key(|row: &&'r Row| {
        let row: &'r Row = row;
        &row[column]
    });
    if descending {
        found.reverse();
    }
    found
}
