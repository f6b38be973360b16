//! The size of each kind of cached row in bytes, and the token family that invalidates it.

use crate::store::records::ScopeText;
use crate::store::records::{CachedClient, CachedGrant, LiveToken, RefreshToken, ScopeRow, Session, User};
use oauth::oidc::ClaimsRequest;
use oauth::{AuthorizationCode, Binding, Scope};

use super::Cacheable;

fn words<'a>(scopes: impl IntoIterator<Item = &'a Scope>) -> usize {
    scopes.into_iter().flat_map(Scope::iter).map(|word| word.len() + 64).sum()
}

fn bound(binding: &Binding) -> usize {
    binding.resources.iter().map(|resource| resource.len() + 64).sum()
}

/// Size of the claims; most tokens have none, and then nothing is serialised to be measured.
fn named(claims: &ClaimsRequest) -> usize {
    if claims.is_empty() { 0 } else { claims.to_json().len() * 4 }
}

impl Cacheable for LiveToken {
    fn family(&self) -> Option<&str> {
        Some(&self.family_id)
    }

    fn bytes(&self) -> usize {
        let claims = self.claims.as_ref().map_or(0, named);
        // The cached introspection answer repeats scope and resources, escaped.
        1024 + words([&self.scope]) * 2
            + bound(&self.binding) * 3
            + words(self.user.as_ref().map(|user| &user.rights.allowed))
            + words(&self.client_scope)
            + claims
    }
}

impl Cacheable for AuthorizationCode {
    fn family(&self) -> Option<&str> {
        Some(&self.family_id)
    }

    fn bytes(&self) -> usize {
        let texts = [&self.redirect_uri, &self.nonce, &self.session].into_iter().flatten().map(String::len);
        768 + texts.sum::<usize>() + words([&self.scope]) + bound(&self.binding) + named(&self.claims)
    }
}

impl Cacheable for RefreshToken {
    fn family(&self) -> Option<&str> {
        Some(&self.family_id)
    }

    fn bytes(&self) -> usize {
        let claims = self.authentication.as_ref().map_or(0, |sign_in| named(&sign_in.claims));
        768 + words([&self.scope]) + bound(&self.binding) + claims
    }
}

impl Cacheable for CachedClient {
    fn family(&self) -> Option<&str> {
        None
    }

    fn bytes(&self) -> usize {
        let client = &self.client;
        let uris: usize = client.redirect_uris.iter().chain(&client.post_logout_redirect_uris).map(String::len).sum();
        let registration = serde_json::to_string(&client.registration).map_or(0, |text| text.len() * 4);
        1024 + client.name.len()
            + client.description.len()
            + uris
            + registration
            + words(&client.scope)
            + words([&client.optional_scope])
            + self.secrets.len() * 128
    }
}

impl Cacheable for User {
    fn family(&self) -> Option<&str> {
        None
    }

    fn bytes(&self) -> usize {
        let texts = [&self.email, &self.given_name, &self.family_name].into_iter().flatten().map(String::len);
        512 + self.username.len() + self.claims.len() + texts.sum::<usize>() + words([&self.allowed])
    }
}

impl Cacheable for Session {
    fn family(&self) -> Option<&str> {
        Some(&self.key_hash)
    }

    fn bytes(&self) -> usize {
        512 + self.data.len() + self.user_agent.len() + self.address.len()
    }
}

impl Cacheable for CachedGrant {
    fn family(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn bytes(&self) -> usize {
        512 + self.key.len() * 2 + words([&self.grant.scope])
    }
}

impl Cacheable for Vec<ScopeRow> {
    fn family(&self) -> Option<&str> {
        None
    }

    fn bytes(&self) -> usize {
        let text = |text: &ScopeText| 192 + text.title.len() + text.description.len();
        let texts = |scope: &ScopeRow| scope.texts.values().map(text).sum::<usize>();
        self.iter()
            .map(|scope| 128 + scope.name.len() + scope.title.len() + scope.description.len() + texts(scope))
            .sum()
    }
}
