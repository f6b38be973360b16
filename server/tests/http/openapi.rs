//! `docs/openapi.json` against the router: each address of a program is described, and each described one answers. Whether real
//! answers are as they are described, `examples/openapi` asks with a validator of its own.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{Call, Test};

const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

/// The list of every address.
const ROUTES: &str = include_str!("../../src/lib.rs");

/// Under the folders of programs, but none of theirs: a page for people, and the answer about what is not there.
const OTHERS: [&str; 2] = ["/.well-known/change-password", "/.well-known/{*name}"];

/// What the document describes: method in capitals and path.
fn described() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let paths = document["paths"].as_object().unwrap().clone().into_iter();
    paths
        .flat_map(|(path, item)| {
            let methods: Vec<String> = item.as_object().unwrap().keys().map(|name| name.to_uppercase()).collect();
            methods.into_iter().map(move |method| (method, path.clone()))
        })
        .collect()
}

/// The addresses in the list that programs call.
fn routed() -> BTreeSet<String> {
    let texts = ROUTES.split('"').skip(1).step_by(2).map(|text| text.replace("{prefix}", "/oauth2"));
    let folders = ["/oauth2/", "/.well-known/", "/health/"];
    texts.filter(|text| folders.iter().any(|folder| text.starts_with(folder) && text.len() > folder.len())).collect()
}

#[test]
fn every_address_that_programs_call_is_described() {
    let described: BTreeSet<String> = described().into_iter().map(|(_, path)| path).collect();
    let mut routed = routed();
    for other in OTHERS {
        assert!(routed.remove(other), "{other} has gone from the list");
    }
    assert_eq!(routed, described);
}

#[tokio::test]
async fn every_method_that_is_described_answers_and_no_other_does() {
    let test = Test::new().await;
    let described = described();
    let paths: BTreeSet<&String> = described.iter().map(|(_, path)| path).collect();
    for path in paths {
        for method in ["GET", "POST"] {
            let reply = test.send(Call::new(method, path)).await;
            let is_described = described.contains(&(method.to_owned(), path.clone()));
            assert_eq!(![404, 405].contains(&reply.status), is_described, "{method} {path}: {}", reply.status);
        }
    }
}
