"""Signing in."""

from django.contrib.auth.views import LoginView

from crm.web.forms.accounts import SignInForm


class SignIn(LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
