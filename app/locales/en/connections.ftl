# The applications that a person allowed.

connections-empty = No applications yet
connections-empty-next = When you allow one, it appears here.
connections-lead = Applications that you have allowed to act as you.
connections-application = Application
connections-rights = What it may do
connections-allowed = Allowed
connections-last-used = Last used
connections-by = by { $name }
connections-uses = { $count ->
    [one] Used once in 30 days
   *[other] Used { $count } times in 30 days
  }
connections-uses-since = { $count ->
    [0] Counted since { $date }
    [one] Used once since { $date }
   *[other] Used { $count } times since { $date }
  }
connections-asked-by = Last asked by { $name }
connections-asked = Last asked by a service
connections-asked-userinfo = Last asked who you are
connections-asked-tokeninfo = Last checked its own access
connections-owner = Registered by
connections-access = Access
connections-refresh = Refresh tokens
connections-refresh-tokens = { $count ->
    [0] None: it has to ask you again
    [one] { $count }: with it the application comes back without asking
   *[other] { $count }: with them the application comes back without asking
  }
connections-refreshed = Last came back
connections-remove = Remove access
connections-remove-question = Remove access of “{ $name }”?
connections-remove-text = { $name } will lose access and you will be asked again next time.
connections-stops = It can no longer:
connections-removed = Access removed
