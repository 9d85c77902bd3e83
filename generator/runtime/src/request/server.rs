//! URLs of servers with variables.

use crate::runtime::request::base::ConfigError;

/// A server variable: its name, its value, and the allowed values. An empty list allows any value.
pub type Variable<'call> = (&'static str, &'call str, &'static [&'static str]);

/// Returns the URL of a server with the values of its variables ([OpenAPI 3.1.1
/// §4.8.5](https://spec.openapis.org/oas/v3.1.1.html#server-object)).
///
/// # Errors
///
/// If a value is not allowed, or would change another part of the URL, such as a slash in a host name.
pub fn server_url(template: &str, variables: &[Variable<'_>]) -> Result<String, ConfigError> {
    let mut url = template.to_owned();
    for (name, value, allowed) in variables {
        let is_allowed = allowed.contains(value) || (allowed.is_empty() && fits(template, name, value));
        if !is_allowed {
            return Err(ConfigError::ServerVariable {
                name,
                value: (*value).to_owned(),
            });
        }
        url = url.replace(&format!("{{{name}}}"), value);
    }
    Ok(url)
}

/// Returns whether `value` does not change another part of the URL than that of the variable.
fn fits(template: &str, name: &str, value: &str) -> bool {
    let before = template.split(&format!("{{{name}}}")).next().unwrap_or_default();
    let signs = match before.split_once("://") {
        // A variable at the start may contain more than the scheme. The whole URL is validated when it is used.
        None => return true,
        Some((_, rest)) if rest.contains('/') => "-._~%!$&'()*+,;=:@/",
        Some(_) => "-._~[]:",
    };
    value
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || signs.contains(character))
}
