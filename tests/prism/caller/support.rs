//! What every caller shares: the arguments of calls, and what becomes of each.
//!
//! It is compiled beside the emitted crate, under the name `client`.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::rc::Rc;

use client::runtime::{Backoff, Decode, Error, Redirects, ResponseValue, http};
use serde_json::{Map, Value, json};

/// How long a response may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(120);

/// A client, and what waits for its calls.
pub(crate) struct Caller {
    pub(crate) client: client::Client,
    runtime: Rc<tokio::runtime::Runtime>,
}

/// What is given to one call: values by what they are for, such as `query limit`.
pub(crate) struct Arguments {
    pub(crate) values: Map<String, Value>,
    /// Those that were asked for.
    pub(crate) used: RefCell<BTreeSet<String>>,
}

/// What became of a call, as it is reported.
pub(crate) struct Outcome(Map<String, Value>);

/// A function that makes a call.
pub(crate) type Call = fn(&Caller, &Arguments) -> Result<Outcome, String>;

/// An operation, by its method and path, with the function of the client that it is called by.
pub(crate) type Operation = (&'static str, &'static str, Call);

impl Caller {
    /// Waits for a call.
    pub(crate) fn wait<T>(&self, call: impl Future<Output = T>) -> T {
        self.runtime.block_on(call)
    }
}

impl Arguments {
    fn new(values: &Value) -> Self {
        Self {
            values: values.as_object().cloned().unwrap_or_default(),
            used: RefCell::default(),
        }
    }

    pub(crate) fn find(&self, key: &str) -> Option<&Value> {
        self.used.borrow_mut().insert(key.to_owned());
        self.values.get(key)
    }

    /// Returns a value that has to be given.
    pub(crate) fn required<T: Decode>(&self, key: &str) -> Result<T, String> {
        self.optional(key)?.ok_or_else(|| format!("no value for {key}"))
    }

    /// Returns a value, if one is given.
    pub(crate) fn optional<T: Decode>(&self, key: &str) -> Result<Option<T>, String> {
        let value = self.find(key).map(Value::to_string);
        let decoded = value.map(|text| client::runtime::from_str(&text).map_err(|error| (text, error)));
        decoded
            .transpose()
            .map_err(|(text, error)| format!("{key} is not decoded: {error}: {text}"))
    }

    /// Returns text that has to be given.
    pub(crate) fn required_text(&self, key: &str) -> Result<String, String> {
        self.optional_text(key)?.ok_or_else(|| format!("no value for {key}"))
    }

    /// Returns text, if any is given: a string as it is, and any other value as JSON has it.
    pub(crate) fn optional_text(&self, key: &str) -> Result<Option<String>, String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Ok(self.find(key).map(text))
    }

    /// Returns the parts of a body, if one is given. There is no part for `null`.
    pub(crate) fn parts(&self, key: &str) -> Option<Self> {
        let mut parts = self.find(key).map(Self::new)?;
        parts.values.retain(|_, value| !value.is_null());
        Some(parts)
    }

    /// Fails if a value was given that nothing asked for. A call has one body, and a plan one for each media type.
    pub(crate) fn finish(&self) -> Result<(), String> {
        let used = self.used.borrow();
        let is_body = |key: &String| key.starts_with("body ");
        let has_body = used.iter().any(|key| is_body(key) && self.values.contains_key(key));
        let idle = self.values.keys().filter(|key| !used.contains(*key) && !(has_body && is_body(key)));
        let idle: Vec<&String> = idle.collect();
        match idle.as_slice() {
            [] => Ok(()),
            idle => Err(format!("the client takes no argument for {idle:?}")),
        }
    }
}

/// Reports what became of a call.
pub(crate) fn outcome<T, F>(result: Result<ResponseValue<T>, Error<F>>) -> Outcome
where
    Error<F>: std::error::Error,
{
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    let (kind, status, headers, body) = match &result {
        Ok(response) => ("success", Some(response.status()), Some(response.headers()), Some(response.body())),
        Err(error) => {
            set("message", chain(error).into());
            let kind = match error {
                Error::Invalid(_) => "invalid",
                Error::Transport(_) => "transport",
                Error::Status(_) => "status",
                Error::Undocumented(_) => "undocumented",
                Error::Decode(_) => "decode",
                _ => "other",
            };
            let response = error.response();
            (
                kind,
                response.map(|response| response.status),
                response.map(|response| &response.headers),
                response.map(|response| &response.body),
            )
        }
    };
    set("kind", kind.into());
    set("status", status.map(|status| status.as_u16()).into());
    let header = |name: &str| headers.and_then(|headers: &http::HeaderMap| headers.get(name));
    for name in ["content-type", "sl-violations"] {
        set(name, header(name).map(|value| String::from_utf8_lossy(value.as_bytes())).into());
    }
    if kind != "success" {
        set("body", body.map(|body| String::from_utf8_lossy(body)).into());
    }
    Outcome(fields)
}

fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Makes the calls of a file, and writes what became of them to another, a line each.
///
/// The arguments of the program are the URL of the server, what its responses are made of, and the two files.
pub(crate) fn run(operations: &[Operation], credentials: impl Fn(client::ClientBuilder) -> client::ClientBuilder) {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, url, modes, plan, report] = arguments.as_slice() else {
        panic!("wanted: URL, MODES, the file of the calls, the file of the report");
    };
    let plan: Value = serde_json::from_str(&fs::read_to_string(plan).unwrap()).unwrap();
    let mut report = fs::File::create(report).unwrap();
    let runtime = Rc::new(tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());
    let builder = client::Client::builder().base_url(url).options(|options| {
        let options = options.retry(Backoff::never()).redirects(Redirects::Never);
        options.timeout(PATIENCE).attempt_timeout(PATIENCE)
    });
    let client = credentials(builder).build().unwrap();
    let callers = modes.split(',').map(|mode| {
        let dynamic = format!("dynamic={}", mode == "dynamic");
        let caller = Caller {
            client: client.with(|options| options.header("prefer", dynamic)),
            runtime: Rc::clone(&runtime),
        };
        (mode, caller)
    });
    let callers: Vec<(&str, Caller)> = callers.collect();
    for (operation, function, call) in operations {
        for (variant, values) in plan[operation].as_object().into_iter().flatten() {
            for (mode, caller) in &callers {
                let mut line = made(caller, *call, &Arguments::new(values));
                line.insert("operation".to_owned(), json!(operation));
                line.insert("function".to_owned(), json!(function));
                line.insert("variant".to_owned(), json!(variant));
                line.insert("mode".to_owned(), json!(mode));
                writeln!(report, "{}", Value::Object(line)).unwrap();
            }
        }
    }
}

/// Makes one call.
fn made(caller: &Caller, call: Call, arguments: &Arguments) -> Map<String, Value> {
    match call(caller, arguments) {
        Ok(Outcome(fields)) => fields,
        Err(message) => Map::from_iter([
            ("kind".to_owned(), json!("argument")),
            ("message".to_owned(), json!(message)),
        ]),
    }
}
