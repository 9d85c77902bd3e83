//! URLs of servers whose variables the caller chooses.

use crate::runtime::request::base::ConfigError;

/// A variable: its name, its value, and the values that the document allows (any where there is none).
pub type Variable<'call> = (&'static str, &'call str, &'static [&'static str]);

/// Returns the URL of a server, with the values in place of its variables
/// ([OpenAPI 3.1.1 §4.8.5](https://spec.openapis.org/oas/v3.1.1.html#server-object)).
///
/// # Errors
///
/// When a value is not among those that the document allows, or would lead somewhere else than its place in the
/// URL: a slash in the name of a host, or a query.
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

/// Returns whether `value` stays in the part of the URL that the variable stands in.
fn fits(template: &str, name: &str, value: &str) -> bool {
    let before = template.split(&format!("{{{name}}}")).next().unwrap_or_default();
    let signs = match before.split_once("://") {
        // What starts the URL may be more than the scheme; that the whole is a URL is seen when it is used.
        None => return true,
        Some((_, rest)) if rest.contains('/') => "-._~%!$&'()*+,;=:@/",
        Some(_) => "-._~[]:",
    };
    value
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || signs.contains(character))
}
