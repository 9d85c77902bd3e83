//! What came of the calls of a document, as a table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::exceptions::{self, Exception};
use crate::finding::{Finding, Kind, Line};

/// What came of the calls of a document.
#[derive(Debug)]
pub(crate) struct Row {
    document: &'static str,
    /// How many operations the document has, and how many of them were called.
    operations: usize,
    called: usize,
    /// How many requests were made with what is required, and with all there is.
    minimal: usize,
    full: usize,
    findings: Vec<Finding>,
    exceptions: Vec<Exception>,
}

impl Row {
    /// Makes the row of a document; `operations` are its operations, and `barren` those without a valid argument.
    pub(crate) fn new(
        document: &'static str,
        operations: &[String],
        barren: &[(String, String)],
        lines: &[Line],
        exceptions: Vec<Exception>,
    ) -> Self {
        let called: BTreeSet<&str> = lines.iter().map(|line| line.operation.as_str()).collect();
        let uncalled = operations
            .iter()
            .filter(|operation| !called.contains(operation.as_str()));
        let uncalled = uncalled.map(|operation| Finding {
            operation: operation.clone(),
            kind: Kind::Uncalled,
            call: String::new(),
            variant: String::new(),
            message: "no function of the crate calls it".to_owned(),
        });
        let barren = barren.iter().map(|(operation, argument)| Finding {
            operation: operation.clone(),
            kind: Kind::Barren,
            call: String::new(),
            variant: String::new(),
            message: format!("no valid value of {argument} was found"),
        });
        let found = lines.iter().filter_map(Line::finding);
        let sent = |variant: &str| {
            let sent = lines.iter().filter(|line| line.variant == variant && line.is_sent());
            sent.count()
        };
        Self {
            document,
            operations: operations.len(),
            called: operations.len() - uncalled.clone().count(),
            minimal: sent("minimal"),
            full: sent("full"),
            findings: uncalled.chain(barren).chain(found).collect(),
            exceptions,
        }
    }

    /// Returns whether every finding is explained, and every explanation needed.
    pub(crate) fn is_well(&self) -> bool {
        self.unexplained().next().is_none() && exceptions::idle(&self.exceptions, &self.findings).is_empty()
    }

    fn unexplained(&self) -> impl Iterator<Item = &Finding> {
        let is_explained = |finding: &Finding| exceptions::explanation(&self.exceptions, finding).is_some();
        self.findings.iter().filter(move |finding| !is_explained(finding))
    }

    /// Returns what is wrong, a line each.
    pub(crate) fn faults(&self) -> String {
        let mut text = String::new();
        for finding in self.unexplained() {
            let _ = writeln!(text, "{}: {finding}", self.document);
        }
        for idle in exceptions::idle(&self.exceptions, &self.findings) {
            let _ = writeln!(text, "{}: not seen any more: {idle}", self.document);
        }
        text
    }

    /// Returns the findings of a kind that are explained, and the others.
    fn count(&self, kinds: &[Kind]) -> String {
        let all = self
            .findings
            .iter()
            .filter(|finding| kinds.contains(&finding.kind))
            .count();
        let open = self
            .unexplained()
            .filter(|finding| kinds.contains(&finding.kind))
            .count();
        format!("{open} + {}", all - open)
    }
}

/// Returns the table of all documents: in each pair, findings without a reason, and those with one.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut text =
        "| document | operations | called | requests, minimal + full | judged invalid | not decoded | other \
                    |\n|---|---|---|---|---|---|---|\n"
            .to_owned();
    for row in rows {
        let others = [
            Kind::Uncalled,
            Kind::Barren,
            Kind::Argument,
            Kind::Refused,
            Kind::Mock,
            Kind::Transport,
            Kind::Status,
        ];
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} + {} | {} | {} | {} |",
            row.document,
            row.operations,
            row.called,
            row.minimal,
            row.full,
            row.count(&[Kind::Request]),
            row.count(&[Kind::Response]),
            row.count(&others),
        );
    }
    let (operations, called): (usize, usize) = rows
        .iter()
        .fold((0, 0), |sum, row| (sum.0 + row.operations, sum.1 + row.called));
    let _ = writeln!(text, "\n{called} of {operations} operations are called.");
    text
}

/// Returns the exceptions that were needed, with how many findings each explains.
pub(crate) fn reasons(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for finding in &row.findings {
            let index = row.exceptions.iter().position(|exception| exception.explains(finding));
            if let Some(index) = index {
                *counts.entry(index).or_default() += 1;
            }
        }
        for (index, count) in counts {
            let exception = &row.exceptions[index];
            let _ = writeln!(
                text,
                "{}: {count} × {:?}, {:?} is at fault: {} ({})",
                row.document, exception.kind, exception.fault, exception.reason, exception.section
            );
        }
    }
    text
}
