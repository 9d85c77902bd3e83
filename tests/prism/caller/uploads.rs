//! Content to upload, for the crates that have any.

use client::runtime::Upload;
use serde_json::Value;

use crate::support::Arguments;

impl Arguments {
    /// Returns the values that nothing asked for, as contents.
    pub(crate) fn rest(&self) -> Vec<(String, Upload)> {
        let used = self.used.borrow().clone();
        let rest = self.values.iter().filter(|(key, _)| !used.contains(*key));
        let rest: Vec<(String, Upload)> = rest.map(|(key, value)| (key.clone(), upload(value))).collect();
        self.used.borrow_mut().extend(rest.iter().map(|(key, _)| key.clone()));
        rest
    }

    /// Returns content that has to be given.
    pub(crate) fn required_upload(&self, key: &str) -> Result<Upload, String> {
        self.optional_upload(key)?.ok_or_else(|| format!("no value for {key}"))
    }

    /// Returns content, if any is given.
    pub(crate) fn optional_upload(&self, key: &str) -> Result<Option<Upload>, String> {
        Ok(self.find(key).map(upload))
    }

    /// Returns several contents that have to be given.
    pub(crate) fn required_uploads(&self, key: &str) -> Result<Vec<Upload>, String> {
        self.optional_uploads(key)?.ok_or_else(|| format!("no value for {key}"))
    }

    /// Returns several contents, if any are given.
    pub(crate) fn optional_uploads(&self, key: &str) -> Result<Option<Vec<Upload>>, String> {
        let several = |value: &Value| match value {
            Value::Array(values) => values.iter().map(upload).collect(),
            one => vec![upload(one)],
        };
        Ok(self.find(key).map(several))
    }
}

fn upload(value: &Value) -> Upload {
    let content = match value {
        Value::String(text) => Upload::from(text.clone()),
        other => Upload::from(other.to_string()).media_type("application/json"),
    };
    content.file_name("content.bin")
}
