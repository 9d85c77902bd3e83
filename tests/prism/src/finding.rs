//! What is wrong with a call, as its report and Prism say.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

/// What the types of Prism's own errors begin with.
const PRISM: &str = "https://stoplight.io/prism/errors#";

/// A line of the report of a caller.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Line {
    pub(crate) operation: String,
    pub(crate) function: String,
    pub(crate) variant: String,
    pub(crate) mode: String,
    pub(crate) kind: String,
    pub(crate) message: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) body: Option<String>,
    #[serde(rename = "sl-violations")]
    violations: Option<String>,
}

/// In which way a call went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// No function of the crate calls the operation.
    Uncalled,
    /// No valid value of an argument was found.
    Barren,
    /// A valid value is not decoded as the type that the function takes, or the function takes none.
    Argument,
    /// The client refuses a request with valid arguments.
    Refused,
    /// Prism judges the request invalid, or finds no operation for it.
    Request,
    /// Prism cannot make a response.
    Mock,
    /// No complete response is received.
    Transport,
    /// The response is not decoded.
    Response,
    /// The status of the response is not documented.
    Status,
}

/// What is wrong with one or more calls of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) operation: String,
    pub(crate) kind: Kind,
    /// The function, what it was called with, and what the response was made of.
    pub(crate) call: String,
    /// What the call was given: `minimal` or `full`; empty where there is none.
    pub(crate) variant: String,
    pub(crate) message: String,
}

/// What is wrong with a message, as Prism says.
#[derive(Debug, Deserialize)]
struct Violation {
    #[serde(default)]
    location: Vec<Value>,
    #[serde(default)]
    message: String,
}

impl Line {
    /// Returns whether a request was sent.
    pub(crate) fn is_sent(&self) -> bool {
        !matches!(self.kind.as_str(), "argument" | "invalid")
    }

    /// Returns what is wrong with the call.
    pub(crate) fn finding(&self) -> Option<Finding> {
        let (kind, message) = self.fault()?;
        Some(Finding {
            operation: self.operation.clone(),
            kind,
            call: format!("{}, {}, {}", self.function, self.variant, self.mode),
            variant: self.variant.clone(),
            message,
        })
    }

    fn fault(&self) -> Option<(Kind, String)> {
        let message = || self.message.clone().unwrap_or_default();
        let requests = self.violations_of("request");
        if !requests.is_empty() {
            return Some((Kind::Request, requests.join("; ")));
        }
        if let Some((name, detail)) = self.prism_error() {
            let is_judged = [
                "UNPROCESSABLE_ENTITY",
                "UNAUTHORIZED",
                "INVALID_CONTENT_TYPE",
                "NOT_FOUND",
            ];
            let is_request =
                is_judged.contains(&name.as_str()) || name.starts_with("NO_PATH") || name.starts_with("NO_METHOD");
            let kind = if is_request { Kind::Request } else { Kind::Mock };
            return Some((kind, format!("{name}: {detail}")));
        }
        let kind = match self.kind.as_str() {
            // A documented redirect, or a switch of protocols, is a failure to the client, and decoded.
            "success" | "status" => return None,
            "argument" => Kind::Argument,
            "invalid" => Kind::Refused,
            "transport" => Kind::Transport,
            "decode" if self.is_invalid_where_undecoded() => Kind::Mock,
            "decode" => Kind::Response,
            _ => {
                let status = self.status.unwrap_or_default();
                return Some((Kind::Status, format!("{status} is not documented")));
            }
        };
        Some((kind, message()))
    }

    /// Returns whether Prism itself says that the response is not valid at the place that is not decoded.
    fn is_invalid_where_undecoded(&self) -> bool {
        let Some(violations) = &self.violations else {
            return false;
        };
        let message = self.message.as_deref().unwrap_or_default();
        let pointer = message
            .split_once("cannot be decoded: at ")
            .map_or("", |(_, rest)| rest);
        let pointer = pointer.split_once(": ").map_or("", |(pointer, _)| pointer);
        let tokens = pointer
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"));
        let location: Vec<String> = ["response", "body"]
            .map(str::to_owned)
            .into_iter()
            .chain(tokens)
            .collect();
        violations.contains(&format!("\"location\":{}", serde_json::json!(location)))
    }

    /// Returns what Prism has against the request or the response.
    fn violations_of(&self, of: &str) -> Vec<String> {
        let Some(text) = &self.violations else {
            return Vec::new();
        };
        let Ok(violations) = serde_json::from_str::<Vec<Violation>>(text) else {
            // A list that is too long for a header is cut.
            let is_meant = text.contains(&format!("\"location\":[\"{of}\""));
            return is_meant.then(|| text.clone()).into_iter().collect();
        };
        let meant = violations
            .into_iter()
            .filter(|violation| violation.location.first().is_some_and(|first| first == of));
        meant.map(|violation| violation.message).collect()
    }

    /// Returns the name and the details of the error of Prism that the response is.
    fn prism_error(&self) -> Option<(String, String)> {
        let problem: Value = serde_json::from_str(self.body.as_deref()?).ok()?;
        let name = problem["type"].as_str()?.strip_prefix(PRISM)?;
        let violations = problem.get("validation").map(Value::to_string);
        let detail = violations.or_else(|| problem["detail"].as_str().map(str::to_owned));
        Some((name.to_owned(), detail.unwrap_or_default()))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message: String = self.message.chars().take(600).collect();
        write!(
            formatter,
            "{:?}: {} ({}): {message}",
            self.kind, self.operation, self.call
        )
    }
}
