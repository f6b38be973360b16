//! Boolean options of a client: `--NAME` and `--no-NAME` for each row of a table.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use oauth::{Client, ClientKind, Profile};
use provider::clients::imply_fapi;

/// A boolean option, its negation, and its effect.
pub struct Toggle {
    yes: &'static str,
    no: &'static str,
    help: &'static str,
    set: fn(&mut Client, bool),
}

/// In the order in which they are applied: the profile first, so that explicit options override
/// what it implies.
const TOGGLES: [Toggle; 9] = [
    Toggle {
        yes: "fapi",
        no: "no-fapi",
        help: "Serve it by the FAPI 2.0 security profile: implies ES256, pushed requests, bound tokens and private_key_jwt",
        set: |client, yes| if yes { imply_fapi(client) } else { client.registration.profile = Profile::Standard },
    },
    Toggle {
        yes: "public",
        no: "no-public",
        help: "A single-page or native application: no secret, always PKCE",
        set: |client, yes| client.kind = if yes { ClientKind::Public } else { ClientKind::Confidential },
    },
    Toggle {
        yes: "first-party",
        no: "no-first-party",
        help: "An application of your own house: it may use the password grant",
        set: |client, yes| client.first_party = yes,
    },
    Toggle {
        yes: "trusted",
        no: "no-trusted",
        help: "People are not asked for their consent: you vouch for it",
        set: |client, yes| client.trusted = yes,
    },
    Toggle {
        yes: "id-token-claims",
        no: "no-id-token-claims",
        help: "Its ID tokens tell of the person what userinfo tells",
        set: |client, yes| client.id_token_claims = yes,
    },
    Toggle {
        yes: "require-signed-requests",
        no: "no-require-signed-requests",
        help: "Take only signed requests",
        set: |client, yes| client.registration.require_signed_request_object = yes,
    },
    Toggle {
        yes: "require-pushed-requests",
        no: "no-require-pushed-requests",
        help: "Take only pushed requests",
        set: |client, yes| client.registration.require_pushed_authorization_requests = yes,
    },
    Toggle {
        yes: "require-dpop",
        no: "no-require-dpop",
        help: "Issue it no token that is not bound to a key (DPoP)",
        set: |client, yes| client.registration.dpop_bound_access_tokens = yes,
    },
    Toggle {
        yes: "backchannel-logout-session-required",
        no: "no-backchannel-logout-session-required",
        help: "It must be told which session ended",
        set: |client, yes| client.registration.backchannel_logout_session_required = yes,
    },
];

/// The options that were given.
#[derive(Default)]
pub struct Toggles(Vec<(&'static Toggle, bool)>);

impl Toggles {
    /// Applies them.
    pub fn apply(&self, client: &mut Client) {
        for (toggle, yes) in &self.0 {
            (toggle.set)(client, *yes);
        }
    }

    /// Whether this option was given.
    pub fn has(&self, option: &str) -> bool {
        self.0.iter().any(|(toggle, yes)| option == if *yes { toggle.yes } else { toggle.no })
    }
}

impl FromArgMatches for Toggles {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |toggle: &'static Toggle| {
            let value = [(toggle.yes, true), (toggle.no, false)].into_iter().find(|(name, _)| matches.get_flag(name));
            value.map(|(_, yes)| (toggle, yes))
        };
        Ok(Self(TOGGLES.iter().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Toggles {
    fn augment_args(command: Command) -> Command {
        TOGGLES.iter().fold(command, |command, toggle| {
            let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
            let no = flag(toggle.no).conflicts_with(toggle.yes).help(format!("Take --{} back", toggle.yes));
            command.arg(flag(toggle.yes).help(toggle.help)).arg(no.hide_short_help(true))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
