//! Names the structs by which callers give what is required.
//!
//! An argument by position says nothing of what it is: where a document renames or reorders two
//! of one type, a call would go on compiling and send the one as the other. From two on, callers
//! write the names.

use super::{Context, Home};
use crate::model::{BY_NAME, Content, Location, Operation, Parameter, Required, Resource, Shape};
use crate::names::{self, Namespace};

impl Context<'_> {
    /// Names the structs of what types and operations require; what the document itself names comes before them.
    pub(super) fn name_required(&mut self, resources: &mut [Resource]) {
        for index in 0..self.types.len() {
            let named = &self.types[index];
            let is_by_name = match &named.shape {
                Shape::Object(object) => object.given().count() >= BY_NAME,
                Shape::Tuple(tuple) => tuple.given().count() >= BY_NAME,
                _ => false,
            };
            if !is_by_name {
                continue;
            }
            let name = names::required_name(&named.name);
            let namespace = Home::namespace_of(&named.module).to_owned();
            let name = self.namespaces.entry(namespace).or_default().take(&name, &name);
            match &mut self.types[index].shape {
                Shape::Object(object) => object.required = Some(name),
                Shape::Tuple(tuple) => tuple.required = Some(name),
                _ => {}
            }
        }
        for resource in resources {
            let home = Home::Operations(resource.module.clone());
            for operation in &mut resource.operations {
                self.name_required_arguments(&home, operation);
            }
        }
    }

    fn name_required_arguments(&mut self, home: &Home, operation: &mut Operation) {
        let namespace = self.namespaces.entry(home.namespace()).or_default();
        let mut take = |name: &str| {
            let name = names::required_name(name);
            namespace.take(&name, &name)
        };
        if operation.required_beside_path() >= BY_NAME {
            operation.required = Some(Required {
                type_name: take(&operation.request_type),
                argument: argument_name(&operation.parameters),
            });
        }
        if let Some(Content::Parts(parts)) = operation.body.as_mut().map(|body| &mut body.content)
            && parts.given().count() >= BY_NAME
        {
            parts.required = Some(take(&parts.name));
        }
    }
}

/// Returns the name of the argument that holds what is required, beside those that stand in the path.
fn argument_name(parameters: &[Parameter]) -> String {
    let mut arguments = Namespace::default();
    let of_path = parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path);
    of_path.for_each(|parameter| arguments.reserve(&parameter.field));
    arguments.take("required", "required")
}
