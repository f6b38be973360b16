# The account, its name, its password and its end.

account-profile = Profile
account-name = Name
account-no-name = Not given
account-email = E-mail
account-access = Access
account-access-full = Full access: every scope, and you may register applications
account-access-partial = Partial access: the scopes that an administrator gave you
account-role = Role
account-administrator = Administrator
account-since = Since

setup-welcome = { $operator } is set up. You are signed in as its administrator.
first-steps = Next steps
first-steps-application = Register an application
first-steps-application-why = It lets people sign in with their account here.
first-steps-token = Create a permanent token
first-steps-token-why = For scripts and services that act for you.
first-steps-addresses = Addresses for developers
first-steps-addresses-why = What a library or Swagger UI needs to know.
first-steps-people = Add people on the command line:

account-security = Security
account-password-changed = Changed on { $date }
account-password-advice = A password of its own for this account keeps it safe when another site loses yours.

account-tokens = { $count ->
    [one] { $count } permanent token
   *[other] { $count } permanent tokens
  }
account-sessions = { $count ->
    [one] { $count } signed-in browser
   *[other] { $count } signed-in browsers
  }
account-connections = { $count ->
    [one] { $count } connected application
   *[other] { $count } connected applications
  }
account-all-connections = All connected applications
account-allowed-on = Allowed on { $date }

appearance = Appearance
theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark
theme-save = Save theme
theme-saved = Theme saved

change-name = Change name
change-name-lead = Applications that you allow to see your profile see this name.
given-name = Given name
family-name = Family name
name-changed = Name changed

change-password = Change password
change-password-lead = Your other sessions will be signed out, and tokens that were got with your password stop working.
change-password-also = Also end
change-password-also-hint = Choose these if somebody else may have known your password. Programs that use them must be connected again.
current-password = Current password
new-password = New password
password-changed = Password changed. Your other sessions were signed out.
password-changed-also = Password changed. Your other sessions were signed out, and what you chose has ended.

delete-account = Delete account
delete-account-lead = Your tokens, your sessions and the access of your applications end with it. This cannot be undone.
leave-lead = This ends with your account:
leave-tokens = { $count ->
    [one] { $count } permanent token stops working
   *[other] { $count } permanent tokens stop working
  }
leave-sessions = { $count ->
    [one] { $count } browser is signed out
   *[other] { $count } browsers are signed out
  }
leave-connections = { $count ->
    [one] { $count } application loses its access
   *[other] { $count } applications lose their access
  }
leave-applications = { $count ->
    [one] { $count } application of yours, which nobody else uses, is deleted:
   *[other] { $count } applications of yours, which nobody else uses, are deleted:
  }
leave-forever = This cannot be undone. To go on, enter your password.
leave-last-administrator = At least one person must stay administrator.
leave-make-another = Make somebody else administrator first.
leave-in-use = Other people use applications of yours, and could no longer sign in to them. Delete these applications first, or ask the person who runs this server to take them over.
leave-used-by = { $count ->
    [one] { $name }, used by { $count } other person
   *[other] { $name }, used by { $count } other people
  }
leave-back = Back to your account
