//! Decides which environment variables the crate reads.

use crate::model::{Api, Environment, Scheme, SchemeKind};
use crate::names;

/// Decides the variables, whose names start with `prefix`; without a prefix the crate reads none.
pub(super) fn settle(api: &mut Api, prefix: Option<&str>) {
    api.environment = prefix.map(|prefix| Environment {
        url: names::variable_name(prefix, "url"),
        credentials: api.schemes.iter().map(|scheme| of_scheme(scheme, prefix)).collect(),
    });
}

fn of_scheme(scheme: &Scheme, prefix: &str) -> Vec<String> {
    let stem = names::variable_name(prefix, &scheme.setter);
    match scheme.kind {
        SchemeKind::Basic => ["user", "password"]
            .map(|part| names::variable_name(&stem, part))
            .to_vec(),
        SchemeKind::Bearer | SchemeKind::ApiKey(..) => vec![stem],
    }
}
