//! What the results come to.

use std::ops::AddAssign;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::plan::{Case, Fate, Plan};
use super::validate::Validity;

/// Keywords that need what a component has not: other documents, the scope of a
/// call, vocabularies. Their tests are shown, and no share is asked of them.
const BEYOND: [&str; 3] = ["refRemote", "dynamicRef", "vocabulary"];

/// The least share of tests that agree, in percent.
const AGREE: f64 = 95.0;

/// The greatest share of tests whose instance is valid and refused, in percent:
/// to refuse a good response is the worse fault.
const VALID_REFUSED: f64 = 0.5;

/// Tests by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Tally {
    /// All of them.
    pub(super) tests: usize,
    /// Validated as the suite does.
    pub(super) agree: usize,
    /// Valid by the suite, and refused.
    pub(super) valid_refused: usize,
    /// Invalid by the suite, and accepted.
    pub(super) invalid_accepted: usize,
    /// The generator refuses the schema with a diagnostic.
    pub(super) refused_by_diagnostic: usize,
    /// Validated otherwise, and the ledger has no line about the schema.
    pub(super) silent: usize,
}

/// A file of the suite with its tests by outcome.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// The name of the file.
    pub(super) keyword: String,
    /// Its tests.
    pub(super) tally: Tally,
}

/// A test that the crate does not validate as the suite does.
#[derive(Debug, Serialize)]
pub(super) struct Disagreement {
    /// The file of the suite.
    file: String,
    /// The component.
    component: String,
    /// What the schema is about.
    group: String,
    /// What the instance is about.
    test: String,
    /// What the suite says.
    expected: &'static str,
    /// What the crate says.
    got: &'static str,
    /// Why.
    reason: String,
    /// What the ledger has of the schema.
    ledger: Vec<String>,
    /// The schema.
    schema: Value,
    /// The instance.
    instance: Box<RawValue>,
}

/// What an edition comes to.
#[derive(Debug, Serialize)]
pub(super) struct Score {
    /// The draft and the version of the document.
    pub(super) edition: String,
    /// The required tests of which a share is asked.
    pub(super) asked: Tally,
    /// The required tests.
    pub(super) required: Tally,
    /// The optional ones.
    pub(super) optional: Tally,
    /// The tests by file.
    pub(super) rows: Vec<Row>,
    /// What is not validated as the suite does, diagnostics included.
    pub(super) disagreements: Vec<Disagreement>,
}

impl Tally {
    /// Returns a number of tests in percent of all.
    pub(super) fn share(&self, count: usize) -> f64 {
        let [count, tests] =
            [count, self.tests.max(1)].map(|count| f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
        100.0 * count / tests
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.tests += other.tests;
        self.agree += other.agree;
        self.valid_refused += other.valid_refused;
        self.invalid_accepted += other.invalid_accepted;
        self.refused_by_diagnostic += other.refused_by_diagnostic;
        self.silent += other.silent;
    }
}

impl Score {
    /// Counts the results on the cases of a plan.
    pub(super) fn of(plan: &Plan, results: &[Vec<Validity>]) -> Self {
        let mut score = Self {
            edition: plan.edition.to_string(),
            asked: Tally::default(),
            required: Tally::default(),
            optional: Tally::default(),
            rows: Vec::new(),
            disagreements: Vec::new(),
        };
        for (case, results) in plan.cases.iter().zip(results) {
            let tally = score.count(case, results);
            score.add(&case.keyword, tally);
        }
        score
    }

    /// Returns whether the required tests come to what is asked.
    pub(super) fn is_good(&self) -> bool {
        let asked = &self.asked;
        asked.share(asked.agree) >= AGREE && asked.share(asked.valid_refused) <= VALID_REFUSED
    }

    /// Counts the results on one case, and keeps those that differ from the suite's.
    fn count(&mut self, case: &Case, results: &[Validity]) -> Tally {
        let mut tally = Tally::default();
        for (index, test) in case.tests.iter().enumerate() {
            tally.tests += 1;
            let expected = if test.valid { "valid" } else { "invalid" };
            let (got, reason, ledger) = match (&case.fate, results.get(index)) {
                (Fate::Refused { code, message }, _) => {
                    ("refused by diagnostic", format!("{code}: {message}"), &[][..])
                }
                (Fate::Emitted { ledger, .. }, Some(Validity::Refused(reason))) => {
                    ("invalid", reason.clone(), ledger.as_slice())
                }
                (Fate::Emitted { ledger, .. }, _) => ("valid", String::new(), ledger.as_slice()),
            };
            if got == expected {
                tally.agree += 1;
                continue;
            }
            match got {
                "valid" => tally.invalid_accepted += 1,
                "invalid" => tally.valid_refused += 1,
                _ => tally.refused_by_diagnostic += 1,
            }
            tally.silent += usize::from(case.fate.is_emitted() && ledger.is_empty());
            self.disagreements.push(Disagreement {
                file: case.keyword.clone(),
                component: case.name.clone(),
                group: case.group.clone(),
                test: test.description.clone(),
                expected,
                got,
                reason,
                ledger: ledger.to_vec(),
                schema: case.schema.clone(),
                instance: test.data.clone(),
            });
        }
        tally
    }

    /// Adds the tally of a case to the row of its file and to the sums.
    fn add(&mut self, keyword: &str, tally: Tally) {
        if keyword.starts_with("optional/") {
            self.optional += tally;
        } else {
            self.required += tally;
            if !BEYOND.contains(&keyword) {
                self.asked += tally;
            }
        }
        match self.rows.last_mut().filter(|row| row.keyword == keyword) {
            Some(row) => row.tally += tally,
            None => self.rows.push(Row {
                keyword: keyword.to_owned(),
                tally,
            }),
        }
    }
}
