//! Names the structs of required arguments.
//!
//! Positional arguments of one type can be confused: if a document renames or reorders them, callers would still
//! compile and send wrong values. So two or more are passed by name.

use crate::lower::schemas::types::Types;
use crate::model::{
    BY_NAME, Content, Location, ModulePath, Operation, Parameter, Required, RequiredStruct, Resource, Shape,
};
use crate::names::{self, Namespace};

impl Types {
    /// Names the structs of required properties and arguments, after all names of the document.
    pub(in crate::lower) fn name_required(&mut self, resources: &mut [Resource]) {
        for id in self.ids() {
            let named = &self[id];
            let is_by_name = match &named.shape {
                Shape::Object(object) => object.given().count() >= BY_NAME,
                Shape::Tuple(tuple) => tuple.given().count() >= BY_NAME,
                _ => false,
            };
            if !is_by_name {
                continue;
            }
            let name = names::required_name(&named.name);
            let namespace = named.module.rust_path();
            let name = self.namespace(namespace).take(&name, &name);
            match &mut self[id].shape {
                Shape::Object(object) => object.required = Some(RequiredStruct::new(name)),
                Shape::Tuple(tuple) => tuple.required = Some(RequiredStruct::new(name)),
                _ => {}
            }
        }
        for resource in resources {
            let module_path = ModulePath::Operations(resource.module.clone());
            for operation in &mut resource.operations {
                self.name_required_arguments(&module_path, operation);
            }
        }
    }

    fn name_required_arguments(&mut self, module_path: &ModulePath, operation: &mut Operation) {
        let namespace = self.namespace(module_path.rust_path());
        let mut take = |name: &str| {
            let name = names::required_name(name);
            RequiredStruct::new(namespace.take(&name, &name))
        };
        if operation.required_beside_path() >= BY_NAME {
            operation.required = Some(Required {
                type_: take(&operation.request_type),
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

/// Returns the name of the argument for the required arguments that are not in the path.
fn argument_name(parameters: &[Parameter]) -> String {
    let mut arguments = Namespace::default();
    let of_path = parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path);
    of_path.for_each(|parameter| arguments.reserve(&parameter.field));
    arguments.take("required", "required")
}
