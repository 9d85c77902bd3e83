//! Compares the servers of a document.

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::kind::ChangeKind;
use crate::diff::side::Messages;
use crate::diff::walk::Walk;
use crate::model::{Api, Server};

/// Compares the servers, and the base URL of requests.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.api, walk.new.api);
    if old.server != new.server {
        let at = At::named("the base URL".to_owned(), "SERVER".to_owned(), Messages::REQUESTS);
        let shown = |server: &Option<String>| {
            server
                .as_ref()
                .map_or_else(|| "none".to_owned(), |url| format!("`{url}`"))
        };
        let message = format!("is {} now, and was {}", shown(&new.server), shown(&old.server));
        // The constant is there in any case, and empty without a server.
        walk.add(
            &at,
            ChangeKind::ServerChanged,
            message,
            RustClass::Compiles,
            Wire::request(WireClass::Narrowing),
        );
    }
    if !are_named(old) && !are_named(new) {
        return;
    }
    for (before, after) in pairs(&old.servers, &new.servers) {
        match (before, after) {
            (Some(before), Some(after)) => server(walk, before, after),
            (Some(before), None) => {
                let at = server_at(before).with_docs(Some(&before.docs), None);
                // Another server may have its name.
                let lines = server_lines(before);
                let has_name = |other: &Server| {
                    let after = server_lines(other);
                    lines.iter().all(|line| after.contains(line))
                };
                let is_kept = are_named(new) && new.servers.iter().any(has_name);
                let rust = if are_named(old) && !is_kept {
                    RustClass::breaks_for_good(server_line(before))
                } else {
                    RustClass::Compiles
                };
                let wire = Wire::request(WireClass::Narrowing);
                walk.add(&at, ChangeKind::ServerRemoved, "is removed", rust, wire);
            }
            (None, Some(after)) => {
                let at = server_at(after).with_docs(None, Some(&after.docs));
                let wire = Wire::request(WireClass::Compatible);
                walk.add(&at, ChangeKind::ServerAdded, "is added", RustClass::Compiles, wire);
            }
            (None, None) => {}
        }
    }
}

/// Returns the servers that belong together: by URL and name, then by URL alone.
fn pairs<'run>(old: &'run [Server], new: &'run [Server]) -> Vec<(Option<&'run Server>, Option<&'run Server>)> {
    let mut rest: Vec<&Server> = new.iter().collect();
    let mut pairs: Vec<_> = old.iter().map(|server| (Some(server), None)).collect();
    for has_name in [true, false] {
        for (before, after) in pairs.iter_mut().filter(|(_, after)| after.is_none()) {
            let belongs = |other: &&Server| {
                before.is_some_and(|server| server.url == other.url && (!has_name || server.name == other.name))
            };
            *after = rest.iter().position(belongs).map(|index| rest.remove(index));
        }
    }
    pairs.extend(rest.into_iter().map(|server| (None, Some(server))));
    pairs
}

/// Returns whether the crate has items for its servers: where there is anything to choose.
fn are_named(api: &Api) -> bool {
    let has_own = |server: &Server| server.own.is_some() || !server.variables.is_empty();
    api.servers.len() > 1 || api.servers.iter().any(has_own)
}

fn server_at(server: &Server) -> At {
    At::named(
        format!("server `{}`", server.url),
        format!("servers::{}", server.name),
        Messages::REQUESTS,
    )
}

/// Returns lines that use a server.
fn server_lines(server: &Server) -> Vec<String> {
    let made = server_line(server);
    let set = server.variables.iter();
    let set = set.map(|variable| format!("{}.{}(value);", made.trim_end_matches(';'), variable.field));
    [made.clone()].into_iter().chain(set).collect()
}

/// Returns a line that names a server, or makes one with variables.
fn server_line(server: &Server) -> String {
    let name = format!("servers::{}", server.name);
    if server.variables.is_empty() {
        format!("let url: &str = {name};")
    } else {
        format!("{name}::default();")
    }
}

fn server(walk: &mut Walk<'_>, old: &Server, new: &Server) {
    let at = server_at(old).with_docs(Some(&old.docs), Some(&new.docs));
    walk.docs(&at, &old.docs, &new.docs);
    if are_named(walk.old.api) && !are_named(walk.new.api) {
        let rust = RustClass::breaks_for_good(server_line(old));
        walk.add(
            &at,
            ChangeKind::NameChanged,
            "has no item any more",
            rust,
            Wire::NEITHER,
        );
        return;
    }
    if old.name != new.name {
        let rust = RustClass::breaks(server_line(old), server_line(new));
        walk.add(&at, ChangeKind::NameChanged, "has another name", rust, Wire::NEITHER);
    }
    let (before, after) = (server_lines(old), server_lines(new));
    let mut lost = before.iter().filter(|line| !after.contains(line));
    let lost = lost.next().filter(|_| old.name == new.name);
    let facts = |server: &Server| -> Vec<_> {
        let variables = server.variables.iter();
        let variables: Vec<_> = variables
            .map(|variable| (variable.name.clone(), variable.default.clone(), variable.values.clone()))
            .collect();
        variables
    };
    if facts(old) != facts(new) || lost.is_some() || old.own != new.own {
        let rust = lost.map_or(RustClass::Compiles, |line| RustClass::breaks_for_good(line.as_str()));
        let wire = Wire::request(WireClass::Narrowing);
        let message = "has other variables, defaults or values";
        walk.add(&at, ChangeKind::ServerChanged, message, rust, wire);
    }
}
