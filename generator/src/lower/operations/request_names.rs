//! Names the types of requests, which callers find by one search, or import by a glob, from the whole crate.

use std::collections::BTreeMap;

use crate::lower::operations::Operations;
use crate::lower::operations::found::Found;
use crate::names::{self, Namespace};

impl<'run> Operations<'run> {
    /// Returns the name of the request of each operation. `functions` are the names of their functions, `modules` those
    /// of their resources, by tag.
    ///
    /// A request is named by its function, unless that is a verb alone, or an operation id without the words of its
    /// resource, or the function of another resource has the same name: then the resource stands in the name too. No two requests have the same name, and none that of a component, unless all of its names are taken.
    pub(in crate::lower) fn request_names(
        &self,
        found: &[Found<'run>],
        functions: &[String],
        modules: &BTreeMap<&str, String>,
    ) -> Vec<String> {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for function in functions {
            *uses.entry(function).or_default() += 1;
        }
        let mut requests = Namespace::default();
        let mut names = Vec::with_capacity(found.len());
        for (operation, function) in found.iter().zip(functions) {
            let with_resource = names::request_words(function, &modules[operation.tag.as_str()]);
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
            requests.reserve(&name);
            names.push(name);
        }
        names
    }
}
