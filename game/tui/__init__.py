"""The screens: they draw what a campaign says and ask what it asks, and decide nothing."""
