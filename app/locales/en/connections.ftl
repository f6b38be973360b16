# The applications that a person allowed.

connections-empty = No applications yet
connections-empty-next = When you allow one, it appears here.
connections-lead = Applications that you have allowed to act as you.
connections-application = Application
connections-rights = What it may do
connections-allowed = Allowed
connections-last-used = Last used
connections-by = by { $owner }
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
connections-removed = Access removed
