//! The queries that the rows are asked for: every operator with every type of column and of operand, and mixtures.

use losant_data::runtime::Scalar;
use losant_data::schemas::{AdvancedQuery, AdvancedValueQueryObject as Tests};

use super::cell::{Cell, Row};
use super::dice::{COLUMNS, DEFAULT, Dice};

/// An operator that takes one value of any type.
type Compare = fn(Tests, Scalar) -> Tests;

/// An operator that takes a part of a text.
type Contain = fn(Tests, &'static str) -> Tests;

const COMPARE: [Compare; 6] = [
    |tests, value| tests.eq_(value),
    |tests, value| tests.ne_(value),
    |tests, value| tests.gt(value),
    |tests, value| tests.lt(value),
    |tests, value| tests.gte(value),
    |tests, value| tests.lte(value),
];

const CONTAIN: [Contain; 3] = [
    |tests, part| tests.starts_with(part),
    |tests, part| tests.ends_with(part),
    |tests, part| tests.contains(part),
];

/// Parts of texts, some of which are wildcards elsewhere.
const PARTS: [&str; 8] = ["A", "é", "e", "IE", "%", "*", "ß", "nul\0"];

/// A column of each type.
const TYPES: [&str; 3] = ["label", "level", "active"];

/// Returns a query that asks one thing of one column.
fn one(column: &str, tests: Tests) -> AdvancedQuery {
    AdvancedQuery::new().entry(column, tests)
}

/// Returns every operator with every type of column and of operand.
pub(crate) fn singles() -> Vec<AdvancedQuery> {
    let operands = [
        Cell::Null,
        Cell::Boolean(true),
        Cell::Number(10),
        Cell::Number(4 * ((1 << 53) + 1)),
        Cell::from("apple"),
        Cell::from("5"),
    ];
    let mut queries = vec![AdvancedQuery::new()];
    for column in TYPES {
        for operand in &operands {
            queries.push(AdvancedQuery::new().entry(column, Scalar::from(operand)));
            for compare in COMPARE {
                queries.push(one(column, compare(Tests::new(), operand.into())));
            }
        }
        for contain in CONTAIN {
            queries.push(one(column, contain(Tests::new(), "5")));
        }
        for (list, ci) in [(true, false), (true, true), (false, false)] {
            let list: Vec<Scalar> = operands[1..].iter().filter(|_| list).map(Scalar::from).collect();
            queries.push(one(column, Tests::new().in_(list.clone()).ci(ci)));
            queries.push(one(column, Tests::new().nin(list).ci(ci)));
        }
    }
    for ci in [false, true] {
        for part in PARTS {
            queries.extend(CONTAIN.map(|contain| one("label", contain(Tests::new().ci(ci), part))));
        }
    }
    for operand in ["aPPLE", "éclair", "strasse", "STRAßE", "σΑς", DEFAULT] {
        queries.extend(COMPARE.map(|compare| one("note", compare(Tests::new().ci(true), operand.into()))));
    }
    queries
}

/// Returns queries of several parts, by hand: dates, ids, empty lists, several operators of one column.
pub(crate) fn mixtures(rows: &[Row]) -> Vec<AdvancedQuery> {
    let cell = |index: usize, name: &str| Scalar::from(&rows[index][name]);
    let new = AdvancedQuery::new;
    let range = |tests: Tests| one("level", tests);
    vec![
        new().and(vec![]),
        new().or(vec![]),
        new().nor(vec![]),
        one("label", Tests::new()),
        range(Tests::new().gte(-10).lt(10.5)),
        range(Tests::new().gt(10).lt(-10)),
        range(Tests::new().ne_(Scalar::Null).nin(vec![1.into(), 2.into(), 2.5.into()])),
        one(
            "createdAt",
            Tests::new().gt(cell(2500, "createdAt")).lte(cell(7500, "createdAt")),
        ),
        one("updatedAt", Tests::new().eq_(cell(0, "updatedAt"))),
        one("createdAt", Tests::new().starts_with("2024-01-01T")),
        one("createdAt", Tests::new().contains("t00:").ci(true)),
        one("createdAt", Tests::new().gt(5)),
        one(
            "id",
            Tests::new().in_(vec![cell(1, "id"), cell(9999, "id"), cell(1, "sensor")]),
        ),
        one("id", Tests::new().gt(cell(9000, "id"))),
        one(
            "sensor",
            Tests::new().starts_with("öfen-").ends_with("7").contains("3").ci(true),
        ),
        new()
            .entry("active", true)
            .entry("level", Tests::new().lt(0))
            .or(vec![new().entry("label", "Apple"), new().entry("note", Scalar::Null)])
            .nor(vec![new().entry("count", 7), one("count", Tests::new().gte(40))]),
        new().and(vec![
            new().nor(vec![
                new().or(vec![new().entry("active", Scalar::Null), new().entry("label", "5")]),
            ]),
            new().or(vec![
                one("level", Tests::new().gte(Scalar::Null)),
                one("count", Tests::new().lte(3)),
            ]),
        ]),
    ]
}

/// Returns a query of up to `depth` levels, with operands of which some are values of `rows`.
pub(crate) fn random(dice: &mut Dice, rows: &[Row], depth: usize) -> AdvancedQuery {
    let mut query = AdvancedQuery::new();
    for _ in 0..dice.roll(3) {
        let columns = COLUMNS.iter().chain(&["id", "createdAt", "updatedAt", "sensor"]);
        let columns: Vec<&str> = columns.copied().collect();
        let column = *dice.pick(&columns);
        let operand = operand(dice, rows, column);
        query = if dice.roll(4) == 0 {
            query.entry(column, operand)
        } else {
            let tests = tests(dice, rows, column, operand);
            query.entry(column, tests)
        };
    }
    if depth == 0 {
        return query;
    }
    let list = |dice: &mut Dice| (0..dice.roll(4)).map(|_| random(dice, rows, depth - 1)).collect();
    for branch in 0..3 {
        if dice.roll(2) == 0 {
            let queries = list(dice);
            query = match branch {
                0 => query.and(queries),
                1 => query.or(queries),
                _ => query.nor(queries),
            };
        }
    }
    query
}

/// Returns a value of the column, or at times one of another.
fn operand(dice: &mut Dice, rows: &[Row], column: &str) -> Scalar {
    let column = if dice.roll(5) == 0 {
        *dice.pick(&COLUMNS)
    } else {
        column
    };
    Scalar::from(&dice.pick(rows)[column])
}

/// Returns one or two tests of a column.
fn tests(dice: &mut Dice, rows: &[Row], column: &str, value: Scalar) -> Tests {
    let tests = Tests::new().ci(dice.roll(2) == 0);
    let tests = match dice.roll(9) {
        kind @ 0..6 => COMPARE[kind](tests, value),
        kind => CONTAIN[kind - 6](tests, dice.pick::<&str>(&PARTS)),
    };
    if dice.roll(3) > 0 {
        return tests;
    }
    let values = (0..dice.roll(5)).map(|_| operand(dice, rows, column));
    // A list of the schema has no null.
    let values: Vec<Scalar> = values.filter(|value| !value.is_null()).collect();
    if dice.roll(2) == 0 {
        tests.in_(values)
    } else {
        tests.nin(values)
    }
}
