//! Findings that are let pass, each for a reason.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::finding::{Finding, Kind};

/// The table, which is checked in.
const TABLE: &str = include_str!("../exceptions.toml");

/// The table as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// Findings of a document that are let pass.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    document: String,
    pub(crate) kind: Kind,
    /// All operations if empty.
    #[serde(default)]
    operations: Vec<String>,
    /// What was given in the calls that are meant: `minimal` or `full`. Any of the two if absent.
    variant: Option<String>,
    /// A part of the message.
    #[serde(default)]
    contains: String,
    /// Who is at fault.
    pub(crate) fault: Fault,
    pub(crate) reason: String,
    /// What of a standard says so.
    pub(crate) section: String,
}

/// Who is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fault {
    Prism,
    Document,
    /// The arguments that are synthesized.
    Arguments,
    Generator,
}

impl Exception {
    /// Returns whether the finding is let pass for this reason.
    pub(crate) fn explains(&self, finding: &Finding) -> bool {
        self.kind == finding.kind
            && (self.operations.is_empty() || self.operations.contains(&finding.operation))
            && self.variant.as_ref().is_none_or(|variant| *variant == finding.variant)
            && finding.message.contains(&self.contains)
    }

    /// Returns what of the exception explains none of the findings: one of its operations, or all of it.
    fn idle(&self, findings: &[Finding]) -> Option<String> {
        let is_seen = |operation: Option<&String>| {
            let mut explained = findings.iter().filter(|finding| self.explains(finding));
            explained.any(|finding| operation.is_none_or(|operation| *operation == finding.operation))
        };
        let unseen = self.operations.iter().find(|operation| !is_seen(Some(operation)));
        let named = unseen.map(|operation| format!("{:?} of {operation}: {}", self.kind, self.reason));
        named.or_else(|| (!is_seen(None)).then(|| format!("{:?}: {}", self.kind, self.reason)))
    }
}

/// Reads the exceptions of a document.
pub(crate) fn of(document: &str) -> Result<Vec<Exception>> {
    let table: Table = toml::from_str(TABLE).context("tests/prism/exceptions.toml is no table of exceptions")?;
    let exceptions = table.exception.into_iter();
    Ok(exceptions.filter(|exception| exception.document == document).collect())
}

/// Returns the exception that explains a finding.
pub(crate) fn explanation<'e>(exceptions: &'e [Exception], finding: &Finding) -> Option<&'e Exception> {
    exceptions.iter().find(|exception| exception.explains(finding))
}

/// Returns what explains nothing any more.
pub(crate) fn idle(exceptions: &[Exception], findings: &[Finding]) -> Vec<String> {
    exceptions
        .iter()
        .filter_map(|exception| exception.idle(findings))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(operation: &str, message: &str) -> Finding {
        Finding {
            operation: operation.to_owned(),
            kind: Kind::Request,
            call: String::new(),
            variant: "full".to_owned(),
            message: message.to_owned(),
        }
    }

    fn exception(operations: &[&str]) -> Exception {
        Exception {
            document: "pets".to_owned(),
            kind: Kind::Request,
            operations: operations.iter().map(ToString::to_string).collect(),
            variant: None,
            contains: "must be".to_owned(),
            fault: Fault::Prism,
            reason: "a reason".to_owned(),
            section: "a section".to_owned(),
        }
    }

    #[test]
    fn an_operation_that_is_not_seen_is_idle() {
        let found = [finding("GET /a", "must be a number"), finding("GET /b", "is too long")];
        assert_eq!(
            idle(&[exception(&[]), exception(&["GET /a"])], &found),
            Vec::<String>::new()
        );
        assert_eq!(idle(&[exception(&["GET /a", "GET /b"])], &found).len(), 1);
        assert_eq!(idle(&[exception(&[])], &found[1..]).len(), 1);
    }

    #[test]
    fn an_exception_may_be_of_one_variant() {
        let of = |variant: &str| Exception {
            variant: Some(variant.to_owned()),
            ..exception(&[])
        };
        let found = finding("GET /a", "must be a number");
        assert!(of("full").explains(&found));
        assert!(!of("minimal").explains(&found));
    }

    #[test]
    fn the_table_can_be_read() {
        assert!(toml::from_str::<Table>(TABLE).is_ok());
    }
}
