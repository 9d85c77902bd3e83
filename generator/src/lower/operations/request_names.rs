//! Names the types of requests, which callers find by one search, or import by a glob, from the whole crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::locked::LockedNames;
use crate::lower::operations::Operations;
use crate::lower::operations::found::Found;
use crate::names::{self, Namespace};

impl<'run> Operations<'run> {
    /// Returns the name of the request of each operation. `functions` are the names of their functions, `modules` those
    /// of their resources.
    ///
    /// A request is named by its function, unless that is a verb alone, or an operation id without the words of its
    /// resource, or the function of another resource has the same name: then the resource stands in the name too. No two
    /// requests have the same name. A request has the name of a component only if all of its candidates are taken.
    pub(in crate::lower) fn request_names(
        &self,
        found: &[Found<'run>],
        functions: &[String],
        modules: &[String],
        locked: &[LockedNames<'run>],
    ) -> Vec<String> {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for function in functions {
            *uses.entry(function).or_default() += 1;
        }
        let mut requests = Namespace::default();
        let mut given = BTreeSet::new();
        let locked = locked.iter().zip(modules).map(|(locked, module)| {
            let (_, _, request) = locked.names?;
            requests.hold(request);
            Some(request).filter(|request| given.insert((module, *request)))
        });
        let locked: Vec<Option<&str>> = locked.collect();
        let mut names = Vec::with_capacity(found.len());
        for (index, (operation, function)) in found.iter().zip(functions).enumerate() {
            if let Some(locked) = locked[index] {
                names.push(locked.to_owned());
                continue;
            }
            let with_resource = names::request_words(function, &modules[index]);
            let is_whole = operation.own_id.is_none_or(|id| names::function_name(id) == *function);
            let is_verb = names::is_verb(function.trim_end_matches('_'));
            let best = if is_whole && !is_verb && uses[function.as_str()] == 1 {
                function
            } else {
                &with_resource
            };
            let nouns = ["request", "operation"]
                .into_iter()
                .filter(|noun| !best.ends_with(noun));
            let beside: Vec<String> = nouns.map(|noun| format!("{best} {noun}")).collect();
            let candidates = [best, &with_resource].into_iter().chain(&beside);
            let is_free = |name: &String| !requests.has(name) && !self.schemas.types.is_type_name(name);
            let free = candidates.map(|words| names::operation_type_name(words)).find(is_free);
            let name = free.unwrap_or_else(|| names::operation_type_name(best));
            names.push(requests.take(&name, best));
        }
        names
    }
}
