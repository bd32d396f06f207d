"""What people see: the only package that imports streamlit."""
