"""Trade shows, delegations, briefings, and what sources claim about them."""
