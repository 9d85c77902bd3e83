//! Names that are made of other names of the crate.

use heck::ToShoutySnakeCase as _;

use super::length::{LONGEST, camel_case, shortened};
use super::type_name;

/// Returns the name of the static that belongs to the type `name`; where the type
/// is written in capitals itself, `noun` is added.
#[must_use]
pub(crate) fn static_name(name: &str, noun: &str) -> String {
    let shouty = name.to_shouty_snake_case();
    if shouty == name {
        format!("{}_{noun}", shortened(&shouty, LONGEST - noun.len() - 1))
    } else {
        shouty
    }
}

/// Returns the name of the constant for the default of the field `field`.
#[must_use]
pub(crate) fn default_name(field: &str) -> String {
    format!("DEFAULT_{}", field.to_shouty_snake_case())
}

/// Returns the name of the struct of what the type or request `name` requires.
#[must_use]
pub(crate) fn required_name(name: &str) -> String {
    camel_case(&format!("{name}Required"))
}

/// Returns the name of the environment variable for `field`, behind the `prefix` of the variables of the crate.
#[must_use]
pub(crate) fn variable_name(prefix: &str, field: &str) -> String {
    format!("{prefix}_{}", field.trim_end_matches('_').to_uppercase())
}

/// Returns the name of a set of responses with these statuses, and with bodies that hold `contents`, if that is to be
/// said: `Status400Or404WithError`.
///
/// Where it is too long, it names the first status and the last, and says no contents.
#[must_use]
pub(crate) fn response_set_name(statuses: &[String], contents: &[String]) -> String {
    let words: Vec<&str> = statuses
        .iter()
        .map(|status| if status == "default" { "other" } else { status })
        .collect();
    let mut with: Vec<&str> = Vec::new();
    for content in contents {
        if !with.contains(&content.as_str()) {
            with.push(content);
        }
    }
    let short = match words.as_slice() {
        [first, .., last] => format!("status {first} to {last}"),
        _ => format!("status {}", words.concat()),
    };
    let all = format!("status {}", words.join(" or "));
    let said = if with.is_empty() {
        all.clone()
    } else {
        format!("{all} with {}", with.join(" and "))
    };
    let mut candidates = [said, all, short].into_iter();
    let fitting = candidates.find(|words| words.to_shouty_snake_case().len() <= LONGEST);
    fitting.map_or_else(|| "Statuses".to_owned(), |words| type_name(&words))
}

/// Returns the name of a set of headers of responses with these names: `LinkAndXTotalHeaders`.
///
/// Where it is too long, it names the first header and the last, or none.
#[must_use]
pub(crate) fn header_set_name(headers: &[&str]) -> String {
    let short = match headers {
        [first, .., last] => format!("{first} to {last} headers"),
        _ => format!("{} headers", headers.concat()),
    };
    let mut candidates = [format!("{} headers", headers.join(" and ")), short].into_iter();
    let fitting = candidates.find(|words| words.to_shouty_snake_case().len() <= LONGEST);
    fitting.map_or_else(|| "Headers".to_owned(), |words| type_name(&words))
}

#[cfg(test)]
mod tests {
    use super::{header_set_name, response_set_name};

    #[test]
    fn header_sets() {
        assert_eq!(header_set_name(&["link"]), "LinkHeaders");
        assert_eq!(header_set_name(&["link", "x_total"]), "LinkAndXTotalHeaders");
        let many = [
            "x_rate_limit_limit",
            "x_rate_limit_remaining",
            "x_rate_limit_reset",
            "retry_after",
        ];
        assert_eq!(header_set_name(&many), "XRateLimitLimitToRetryAfterHeaders");
        assert_eq!(header_set_name(&["x".repeat(200).as_str()]), "Headers");
    }

    #[test]
    fn response_sets() {
        let table: [(&[&str], &[&str], &str); 6] = [
            (&["404"], &[], "Status404"),
            (&["400", "404", "5XX", "default"], &[], "Status400Or404Or5xxOrOther"),
            (&["400", "404"], &["Error", "Error"], "Status400Or404WithError"),
            (
                &["400", "404"],
                &["Error", "nothing"],
                "Status400Or404WithErrorAndNothing",
            ),
            (
                &["400", "404"],
                &["ValidationProblemOfTheRequestBody", "ResourceThatCannotBeFound"],
                "Status400Or404",
            ),
            (
                &[
                    "400", "401", "402", "403", "404", "405", "406", "409", "410", "411", "412", "422",
                ],
                &[],
                "Status400To422",
            ),
        ];
        for (statuses, contents, name) in table {
            let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
            assert_eq!(response_set_name(&owned(statuses), &owned(contents)), name);
        }
    }
}
