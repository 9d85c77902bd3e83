//! An emulator, and raw HTTP to ask it with.

use std::cell::Cell;

use emulator::{APPLICATION, Emulator, Options};
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

/// An emulator that is asked. When it goes, it must not have been at fault.
pub(crate) struct Api {
    pub(crate) emulator: Emulator,
    agent: Agent,
    /// How many requests the document forbids.
    forbidden: Cell<usize>,
}

/// A response.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextResponse {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) text: String,
}

impl Api {
    pub(crate) fn start() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build();
        Self {
            emulator: Emulator::start(options).unwrap(),
            agent: config.into(),
            forbidden: Cell::new(0),
        }
    }

    /// Sends anything.
    pub(crate) fn raw(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> TextResponse {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{target}", self.emulator.url()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = if body.is_empty() {
            self.agent.run(request.body(()).unwrap()).unwrap()
        } else {
            self.agent.run(request.body(body.to_owned()).unwrap()).unwrap()
        };
        let content_type = response.headers().get("content-type");
        TextResponse {
            status: response.status().as_u16(),
            content_type: content_type.map_or(String::new(), |value| value.to_str().unwrap().to_owned()),
            text: response.body_mut().read_to_string().unwrap(),
        }
    }

    /// Sends a request about the application that there is.
    pub(crate) fn send(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let token = format!("Bearer {}", self.emulator.token());
        let mut headers = vec![("Authorization", token.as_str()), ("Accept", "application/json")];
        let body = body.map_or(String::new(), Value::to_string);
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json"));
        }
        let response = self.raw(method, &format!("/applications/{APPLICATION}{path}"), &headers, &body);
        assert_eq!(response.content_type, "application/json");
        (response.status, serde_json::from_str(&response.text).unwrap())
    }

    /// Sends a request that has to be carried out, and returns the body of the response.
    pub(crate) fn ok(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, response) = self.send(method, path, Some(body).filter(|body| !body.is_null()));
        assert!((200..300).contains(&status), "{method} {path}: {status} {response}");
        response
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        self.ok("GET", path, &Value::Null)
    }

    /// Sends a request that the document allows and that cannot be carried out, and returns the message.
    pub(crate) fn refused(&self, method: &str, path: &str, body: &Value) -> String {
        let (status, response) = self.send(method, path, Some(body).filter(|body| !body.is_null()));
        assert_eq!((status, &response["type"]), (400, &json!("Validation")), "{response}");
        response["message"].as_str().unwrap().to_owned()
    }

    /// Sends a request that the document forbids, and returns the message.
    pub(crate) fn forbidden(&self, method: &str, path: &str, body: &Value) -> String {
        self.forbidden.set(self.forbidden.get() + 1);
        self.refused(method, path, body)
    }

    /// Says that so many requests were forbidden that this did not send as such.
    pub(crate) fn expect_forbidden(&self, count: usize) {
        self.forbidden.set(self.forbidden.get() + count);
    }

    /// Makes a table of columns, each as `name type constraint`, and returns its path.
    pub(crate) fn table(&self, columns: &[&str]) -> String {
        let column = |words: &&str| {
            let words: Vec<&str> = words.split(' ').collect();
            json!({"name": words[0], "dataType": words[1], "constraint": words[2]})
        };
        let columns: Vec<Value> = columns.iter().map(column).collect();
        let table = self.ok("POST", "/data-tables", &json!({"name": "Table", "columns": columns}));
        format!("/data-tables/{}", table["id"].as_str().unwrap())
    }

    /// Returns what a column holds in the rows that a query gives, in order.
    pub(crate) fn query(&self, table: &str, query: &Value, parameters: &str, column: &str) -> Vec<Value> {
        let response = self.ok("POST", &format!("{table}/rows/query?{parameters}"), query);
        column_of(&response, column)
    }
}

/// Returns what a column holds in the items of a response.
pub(crate) fn column_of(response: &Value, column: &str) -> Vec<Value> {
    let items = response["items"].as_array().unwrap();
    items.iter().map(|item| item[column].clone()).collect()
}

impl Drop for Api {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        assert_eq!(self.emulator.faults(), Vec::<String>::new());
        let refused = self.emulator.refused();
        assert_eq!(refused.len(), self.forbidden.get(), "{refused:#?}");
    }
}
